"""Leaves that every room of the reader may use: calendar, dates, sentences, labels, patterns. No tables, no filings."""
