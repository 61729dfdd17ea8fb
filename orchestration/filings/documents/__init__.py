"""One module a format: bytes of a kind -> one `Document` of paragraphs and tables, each with its place in the source."""
