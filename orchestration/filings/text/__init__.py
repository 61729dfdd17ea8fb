"""Leaves that every other room of the reader may use: sentences, labels, patterns. Nothing here knows a table or a filing."""
