"""From EDGAR to `data/raw`: which filings a company made, and their full submission texts.

Belongs here: all that speaks to EDGAR, one question a module, and what is kept of its answers. Does not belong here: what is
in a filing (`filings/`), Dagster (`defs/`), or how a report looks beyond its plain lines. What
costs time to import comes late: a build knows this package by name and asks it for nothing.
"""
