"""What lies on disk beside the warehouse: raw files, chunks, readings, evidence between filings; paths; errors."""
