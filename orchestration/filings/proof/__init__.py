"""Identities over a column, intervals of rounding, the choice between readings, and what proves a value."""
