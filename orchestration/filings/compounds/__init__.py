"""Compounds in a filing: their names, what they are, the diseases they are for, and their events."""
