"""What a materialization shows of a table: rows, column schema, preview. Nothing here opens a file."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from orchestration.warehouse.broken_rules import BrokenRule
from orchestration.warehouse.inspection import TableFacts
from orchestration.warehouse.staging_tables import sql_type, staging_comments, staging_tables

CELL_CHARACTERS = 60


def of_table(facts: TableFacts) -> dict[str, Any]:
    """Row count, column schema and preview of a table as it is."""
    columns = [dg.TableColumn(name, kind, description=comment) for name, kind, comment in facts.columns]
    return {
        "dagster/row_count": dg.MetadataValue.int(facts.rows),
        "dagster/column_schema": dg.MetadataValue.table_schema(dg.TableSchema(columns)),
        "preview": dg.MetadataValue.md(markdown_table([name for name, _, _ in facts.columns], facts.preview)),
    }


def of_staging(table: str) -> dict[str, Any]:
    """The column schema of a staging table, known before it is built."""
    columns = [
        dg.TableColumn(column.name, sql_type(column), constraints=dg.TableColumnConstraints(nullable=column.is_nullable))
        for column in staging_tables()[table]
    ]
    return {
        "dagster/column_schema": dg.MetadataValue.table_schema(dg.TableSchema(columns)),
        "dagster/table_name": f"staging.{table}",
    }


def staging_description(table: str) -> str:
    """What a staging table holds."""
    return staging_comments()[table]


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Rows as a Markdown table. Filings are not trusted: no cell can hold markup, a link or a line break."""
    if not rows:
        return "*No rows.*"
    lines = [_line(header), _line(["---"] * len(header), is_text=False), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[Any], *, is_text: bool = True) -> str:
    return "| " + " | ".join(_cell(cell) if is_text else str(cell) for cell in cells) + " |"


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
    text = html.escape(text)
    for character in "\\`*_[]|~":
        text = text.replace(character, f"&#{ord(character)};")
    return text


def of_broken_rules(rules: Sequence[BrokenRule]) -> dict[str, Any]:
    """The filings that were kept out, by which rule and in which round; nothing where there is none."""
    if not rules:
        return {}
    lines = [(one.round_no, one.filing_id, one.rule, one.broken_row) for one in rules]
    return {
        "filings_kept_out": len({one.filing_id for one in rules}),
        "rounds": max(one.round_no for one in rules),
        "kept_out": dg.MetadataValue.md(markdown_table(["round", "filing", "rule", "row"], lines)),
    }


def kept_out_in_words(rules: Sequence[BrokenRule]) -> Iterator[str]:
    """A sentence for each round that kept filings out."""
    for number in sorted({one.round_no for one in rules}):
        filings = sorted({one.filing_id for one in rules if one.round_no == number})
        yield f"Round {number} kept out {', '.join(filings)}."


def of_counts(counts: Mapping[str, int]) -> dict[str, Any]:
    """Rows by table, as one Markdown table."""
    return {"rows": dg.MetadataValue.md(markdown_table(["table", "rows"], list(counts.items())))}
