"""One number explained: where it stands in its filing, what proves it, and what was known of it when."""
