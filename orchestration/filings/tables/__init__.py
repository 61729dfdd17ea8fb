"""Tables: cells, rows, columns, the periods and units of their headers, and rows that damage joined, parted or repeated."""
