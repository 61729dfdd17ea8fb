"""What every room may use: calendar, dates, figures, units, sentences, labels, patterns. No tables, no filings."""
