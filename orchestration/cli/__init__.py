"""The `tieout` command: one module a group of commands, and how answers look on a terminal. No work is done in here."""
