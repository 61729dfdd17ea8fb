"""The `tieout` command: one module a command, and how answers look (`terminal/`). No work is done in here."""
