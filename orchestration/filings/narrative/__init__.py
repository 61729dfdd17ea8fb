"""Figures and guidance in the sentences of a filing."""
