"""Compounds that a filing tells of: their names, what they are, what they are for, and what happened to them."""
