"""Readings chosen by the identities, the evidence for a repair, and what proves a value: its digits and its unit."""
