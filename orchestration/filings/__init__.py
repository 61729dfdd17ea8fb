"""The reader: bytes in, typed records out.

Pure: no dagster, duckdb, pandas or network in here. `reader.py` is the one door.
"""
