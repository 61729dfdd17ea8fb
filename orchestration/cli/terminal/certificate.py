"""The certificate of a repaired value: what is printed, what is meant, what was weighed.

Belongs here: certificates in words. Does not belong here: the occurrence they belong to (`explanation.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from orchestration.cli.terminal.text import grouped, safe

WEIGHED_SHOWN = 4


def why_repaired(certificate: dict[str, Any] | None) -> str:
    """What was wrong with the printed figure, in words, by its row of `staging.certificates`."""
    if certificate is None:
        return "no certificate says why"
    if "row" in certificate["weighed_changes"]:  # the printed characters are a figure, and were weighed as they stand
        return "the characters look sound, but the identities close only with another figure (cheapest by a margin)"
    if not certificate["raw_text"]:
        return "nothing legible is printed, one figure alone makes the identities close"
    if not certificate["forced_by"] and certificate.get("is_told_outside"):
        return "the characters are damaged, and one reading of them is told elsewhere"
    if not certificate["forced_by"]:
        return "the characters are damaged, and leave this one figure"
    return "the characters are damaged, one repair alone makes the identities close (cheapest by a margin)"


def show_certificate(row: dict[str, Any], told_by: Sequence[dict[str, Any]] = ()) -> None:
    """A row of `staging.certificates` on stdout; `told_by` are the other filings that decided."""
    printed = repr(safe(row["raw_text"])) if row["raw_text"] else "nothing"
    meant = f"{grouped(row['value'])} is meant ({plain_change(row['change'])}, cost {row['cost']})"
    print(f"  certificate: {printed} is printed; {meant}")
    alone = "what is told elsewhere" if row["is_told_outside"] else "the characters alone leave no other figure"
    forced = ", ".join(row["forced_by"]) or alone
    by_prose = row["is_told_outside"] and (not told_by or row["filing_id"] in row["told_by"])
    print(f"    forced by: {forced}" + ("; figures told in prose decided" if by_prose else ""))
    for other in told_by:
        place = f"{other['filing_id']} ({other['source']}, known from {other['known_from']})"
        print(f"    told by: {safe(place)}; it decided, and is no proof")
    if row["confirmed_by"]:
        print(f"    confirmed by: {', '.join(row['confirmed_by'])}")
    if row["runner_up"] is None:
        print("    runner-up: none, at any cost")
    else:
        print(f"    runner-up: {grouped(row['runner_up'])}, cost {row['runner_up_cost']}")
    for value, change, cost in cheapest(row):
        mark = ">" if Decimal(value) == row["value"] else " "
        print(f"   {mark} weighed: {grouped(Decimal(value)):>16}  {plain_change(change)}, cost {cost}")


def cheapest(row: dict[str, Any]) -> list[tuple[str, str, int]]:
    """The cheapest readings that a certificate weighed, (value, change, cost), the one taken always among them.

    Of readings that cost the same, the one taken and the runner-up are shown before those that no identity speaks for.
    """
    weighed = list(zip(row["weighed_values"], row["weighed_changes"], row["weighed_costs"], strict=True))
    ranks = {row["value"]: 0, row["runner_up"]: 1}
    ranked = sorted(weighed, key=lambda one: (one[2], ranks.get(Decimal(one[0]), 2)))
    taken = [one for one in ranked[WEIGHED_SHOWN:] if Decimal(one[0]) == row["value"]]
    return [*ranked[: WEIGHED_SHOWN - len(taken)], *taken]


def plain_change(change: str) -> str:
    """A change of `repair_costs.csv` in words."""
    return {"row": "as it stands", "free_value": "any figure at all"}.get(change, change.replace("_", " "))
