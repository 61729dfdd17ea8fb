"""One module per format: the bytes of a filing -> one `Document` of paragraphs and tables with their source locations."""
