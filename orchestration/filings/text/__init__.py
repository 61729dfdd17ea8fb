"""What every room of the reader may use: calendar, dates, figures, sentences, labels, patterns. No tables, no filings."""
