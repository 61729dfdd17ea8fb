"""Which concept or printed line a person means.

Belongs here: choosing among the names of the vocabulary and the labels that the company prints for the period. Does not
belong here: comparing words (`words.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orchestration.explain.asked import AskedCompany, AskedConcept, AskedPeriod, NotFoundError
from orchestration.explain.reported import concepts_of, labels_of
from orchestration.explain.rows import Row, rows_of
from orchestration.explain.words import closest, is_short_for, listed, plain, singular

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NAMES = ("concept", "us_gaap_element", "fact_column", "title")


def find_concept(con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod, asked: str) -> AskedConcept:
    """A us-gaap name, a column of the fact table, a title of the vocabulary or its initials, or words of a printed label.

    A whole name goes before a whole label, and a concept whose name has the words before labels that have them. Raises
    NotFoundError where nothing fits, and where several fit equally well.
    """
    known = rows_of(con, f"select {', '.join(_NAMES)} from main.dim_concept")  # noqa: S608 - names of columns
    if entry := _called(known, asked):
        return _concept_of(entry)
    labels = labels_of(con, company, period)
    exact = [label for label in labels if plain(label) == plain(asked)]
    if len(exact) == 1:
        return _line_of(exact[0])
    fitting = exact or [label for label in labels if _has_words(label, asked)]
    near = [entry for entry in known if singular(asked) in _singular_names(entry)]
    if len(near) == 1:
        own = labels_of(con, company, period, near[0]["concept"])
        return _concept_of(near[0], [label for label in fitting if label not in own])
    printed = concepts_of(con, company, period)
    within = [entry for entry in known if any(_has_words(name, asked) for name in _singular_names(entry))]
    there = [entry for entry in within if entry["concept"] in printed] or ([] if fitting else within)
    if len(there) == 1:
        own = labels_of(con, company, period, there[0]["concept"])
        fitting = [label for label in fitting if label not in own]
        if not fitting:
            return _concept_of(there[0])
    fitting = [*(entry["concept"] for entry in there), *fitting]
    if len(fitting) == 1:
        return _line_of(fitting[0])
    raise _none_chosen(asked, company, period, fitting, [*printed, *labels])


def _called(known: Sequence[Row], asked: str) -> Row | None:
    """The concept of that whole name, or the only one of those initials."""
    wanted = plain(asked)
    for entry in known:
        if wanted in {plain(entry[name]) for name in _NAMES if entry[name]}:
            return entry
    short = [entry for entry in known if is_short_for(asked, entry["title"] or "")]
    return short[0] if len(short) == 1 else None


def _singular_names(entry: Row) -> set[str]:
    return {singular(entry[name]) for name in _NAMES if entry[name]}


def _has_words(name: str, asked: str) -> bool:
    """Whether `name` has every word of what was asked, in the singular or the plural."""
    words = set(singular(asked).split())
    return bool(words) and words <= set(singular(name).split())


def _concept_of(entry: Row, others: Sequence[str] = ()) -> AskedConcept:
    return AskedConcept(entry["concept"], entry["fact_column"] or None, entry["concept"], tuple(others))


def _line_of(label: str) -> AskedConcept:
    return AskedConcept(None, None, label)


def _none_chosen(
    asked: str, company: AskedCompany, period: AskedPeriod, fitting: Sequence[str], there_is: Sequence[str]
) -> NotFoundError:
    if fitting:
        return NotFoundError(f"{asked!r} fits {len(fitting)} lines: {listed(fitting)}. Name one of them.")
    return NotFoundError(f"nothing called {asked!r} for {company.name} and {period.asked}. {closest(asked, there_is)}")
