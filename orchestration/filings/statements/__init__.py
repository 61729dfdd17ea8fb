"""Document -> statement columns and lines: which table is what, periods, scale, signs, line items."""
