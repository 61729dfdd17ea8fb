"""What a filing tells in sentences of its results: figures, and guidance."""
