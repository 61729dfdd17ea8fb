"""Tables -> statements: which one a table is, its lines and their signs, and its fiscal quarters."""
