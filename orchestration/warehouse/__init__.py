"""The DuckDB file: staging, inspection, publication, and dbt in this process. The only room that opens DuckDB for writing."""
