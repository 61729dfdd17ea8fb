"""Parquet files: written whole or not at all, and read with their checksums verified.

Belongs here: how a table becomes a file and back. Does not belong here: which columns it has (`schema.py`), or where it lies.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.store import files, schema

if TYPE_CHECKING:
    import pyarrow as pa


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows of readings as a chunk."""
    import pyarrow as pa  # noqa: PLC0415

    write_table(path, pa.Table.from_pylist(rows, schema=schema.arrow_schema()))


def read_table(path: Path, its_columns: list[str] | None = None) -> pa.Table:
    """A Parquet file, its checksums verified. Not by Arrow's `read_table`, which imports a second of libraries for nothing."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(its_columns)


def write_table(path: Path, table: pa.Table) -> None:
    """Write Parquet so that the file is there whole or not at all, also after a power cut."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    with files.atomic_write(path) as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
