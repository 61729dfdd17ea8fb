"""Writes `docs/identities.md`, the page on the identities and the gates, from the identities and the suites.

Belongs here: the words around them. Does not belong here: any identity, threshold or expectation. Write the page
anew with `python -m expectations.identities_page > docs/identities.md`; a test fails while it is out of date.
"""

from __future__ import annotations

import sys
from itertools import groupby

from expectations.evidence_thresholds import AS_READ_SHARE_AT_LEAST, IDENTITIES_EVALUATED_AT_LEAST, PROSE_MATCHES_AT_LEAST
from expectations.identities import IDENTITIES, Identity
from expectations.suite import Suite
from expectations.suites import SUITES

_TITLES = {"income_statement": "Income statement", "balance_sheet": "Balance sheet", "cash_flow": "Cash flow statement"}

_HEAD = """# The identities and the gates

<!-- Written by `python -m expectations.identities_page`; a test holds this page to the code. Do not edit it by hand. -->

Every column of every statement of an accepted filing is held to these identities, by the reader to prove what it read and
by the gate, which computes them again from `staging.reported_values` and believes no proof of the reader.

A printed figure stands for an interval: half of its last printed digit either side. An identity closes when the intervals
of its two sides meet, as in XBRL Calculations 1.1. There is no tolerance besides.

An identity is tested in a column that prints its total and all it is made of. A concept that is not printed as a line is
stood for by the lines that are its parts. Terms in brackets take part where they are printed.
"""

_SEVERITIES = """
The shape of the tables (nulls, keys, closed sets, versions) is not here: the tests of `dbt_project/` hold it.

Severity `critical` shuts the gate: nothing is published. A `warning` is reported for a person to judge.

Figures that different releases print and that disagree are a `warning` where each was read as it stands, proven or not: that
is a restatement or a reclassification of the company. Where one of them is inferred (implied or repaired), the likelier cause
is the reading, and that is `critical`; so is one release that prints two figures for one period and calls neither restated.
By the same rule prose that contradicts a statement is a `warning`, and `critical` where it contradicts a value that was
inferred.
"""


def identities_page() -> str:
    """The page as markdown, ending in a newline."""
    return "\n".join([_HEAD, *_identities(), *_thresholds(), *_gates()]).rstrip() + "\n"


def _identities() -> list[str]:
    lines: list[str] = []
    for statement, identities in groupby(IDENTITIES, key=lambda identity: identity.statement):
        lines += [
            f"## {_TITLES[statement]}",
            "",
            "| identity | what must hold | where | in words |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| `{identity.name}` | {_equation(identity)} | {_where(identity)} | {identity.meaning} |"
            for identity in identities
        ]
        lines.append("")
    return lines


def _equation(identity: Identity) -> str:
    if identity.per_share:
        shares, income = identity.plus
        return f"`{identity.total}` x `{shares}` = `{income}`"
    terms = [f"+ `{name}`" for name in identity.plus]
    terms += [f"- `{name}`" for name in identity.less]
    terms += [f"[- `{name}`]" for name in identity.less_if_printed]
    terms += [f"[- `{name}`, unless it is a part]" for name in identity.less_if_loose]
    if identity.with_parts:
        terms.append("[+ the lines between]" if identity.plus else "+ its parts")
    return f"`{identity.total}` = {' '.join(terms).removeprefix('+ ')}"


def _where(identity: Identity) -> str:
    return f"no line is {' or '.join(f'`{name}`' for name in identity.unless)}" if identity.unless else "always"


def _thresholds() -> list[str]:
    return [
        "## Evidence thresholds",
        "",
        "An identity that was spent on recovering a cell proves nothing of it. So each accepted filing also has:",
        "",
        f"- at least {AS_READ_SHARE_AT_LEAST:.0%} of its values read as they stand;",
        f"- at least {IDENTITIES_EVALUATED_AT_LEAST} identity that could be tested, if it prints a statement;",
        f"- at least {PROSE_MATCHES_AT_LEAST} figure in prose that agrees, if it tells figures the statement prints.",
        "",
        "The reasons are in `expectations/evidence_thresholds.py`.",
        "",
    ]


def _gates() -> list[str]:
    lines = ["## The gates", _SEVERITIES]
    for stage, suites in groupby(SUITES, key=lambda suite: suite.stage):
        lines += [f"### {stage}", ""]
        for suite in suites:
            lines += _gate(suite)
    return lines


def _gate(suite: Suite) -> list[str]:
    lines = [f"**{suite.name}** (`{suite.table}`): {suite.description}", ""]
    lines += [f"- {expectation.meaning} `{expectation.severity}`" for expectation in suite.all_expectations]
    return [*lines, ""]


if __name__ == "__main__":
    sys.stdout.write(identities_page())
