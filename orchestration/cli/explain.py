"""`tieout explain`: where a number stands in its filing, and what proves it.

Belongs here: its arguments and help. Does not belong here: finding and explaining the number (`explain/`), or how the
explanation looks (`terminal/explanation.py`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.options import RawOption, WarehouseOption, open_read_only
from orchestration.store.paths import Places


def explain(
    company: Annotated[str, typer.Argument(metavar="COMPANY", help="Ticker, CIK, commission file number or name.")],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="2007Q2 or FY2007 (fiscal), or the day it ends: 2006-12-31.")],
    concept: Annotated[
        str, typer.Argument(metavar="CONCEPT", help="us-gaap name, column of fact_quarterly_results, or words of the line.")
    ],
    warehouse: WarehouseOption = None,
    raw: RawOption = None,
) -> None:
    """Show where a number stands in its filing, and what proves it.

    The line of the filing with the number marked, the identities it takes part in with their figures, what was told of it
    in prose, what else was weighed, and what was known of it when. A quarter that no filing prints shows the printed
    values it was derived from, with their signs.

    **Examples**

    `tieout explain IMGN 2011Q3 Revenues`

    `tieout explain IMGN 2006-12-31 cash`

    `tieout explain ImmunoGen FY2007Q1 net_income`
    """
    from orchestration.cli.terminal.explanation import show_explanation  # noqa: PLC0415
    from orchestration.explain.explanation import explain as explain_number  # noqa: PLC0415

    places = Places.of(raw, warehouse)
    with open_read_only(warehouse) as con:
        explanation = explain_number(con, places.raw, company, period, concept)
    show_explanation(explanation)
