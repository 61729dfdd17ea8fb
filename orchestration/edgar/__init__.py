"""Fetching from EDGAR to `data/raw`: which filings a company made, and their full submission texts.

Belongs here: all requests to EDGAR, and how the texts are stored. Does not belong here: what is in a filing (`filings/`), or
Dagster (`defs/`). Slow imports come late, inside functions: every build imports this package and uses nothing of it.
"""
