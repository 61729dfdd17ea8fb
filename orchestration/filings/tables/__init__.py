"""Tables: cells, rows, columns, periods and units of headers, and rows that are merged, wrapped, shifted or repeated."""
