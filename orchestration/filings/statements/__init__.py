"""Tables -> statements: which one a table is, whose and on which basis, its lines, their signs and its fiscal quarters."""
