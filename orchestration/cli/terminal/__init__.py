"""How answers look on a terminal: one module a kind of answer. Text of filings goes through `text.safe` first."""
