"""What witnesses of a value, as plain lines: its period, its unit, whose it is and on which basis.

Belongs here: the layout, and each witness in words. Does not belong here: which witness it is (`filings/proof/witnesses.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orchestration.cli.terminal.text import grouped, safe

if TYPE_CHECKING:
    from orchestration.explain.rows import Row

_WITNESSES: Final = {
    "title": "in the title",
    "header": "in the header",
    "note": "in a note",
    "signs": "by the signs beside the figures",
    "dollar_sign": 'by a "$" that names no country',
    "filing": "by the filing as a whole",
    "prose": "in the text",
    "per_share": "by share counts printed one by one",
    "calendar": "by the fiscal calendar",
    "statement_before": "by the statement before alone, which is no proof",
    "other_statements": "by the other statements",
    "nothing": "by nothing: taken for granted",
}


def show_attribution(row: Row) -> None:
    """A row of `staging.attributions`, a line each for period, scale, currency, entity and basis."""
    says = {
        "period": f"ends {row['period_end']}",
        "scale": f"in units of {grouped(row['scale'])}",
        "currency": row["currency"],
        "entity": f"of {row['entity'] or 'a company nobody names'}",
        "basis": f"basis {row['basis']}",
    }
    for name, said in says.items():
        place = f", line {row[f'{name}_line']}" if row[f"{name}_line"] else ""
        words = f": {row[f'{name}_text']}" if row[f"{name}_text"] else ""
        print(f"  {safe(said)}: said {_WITNESSES[row[f'{name}_witness']]}{place}{safe(words)}")
