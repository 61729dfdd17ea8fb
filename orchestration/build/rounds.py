"""The rounds of a build: filings at fault are kept out, and what was built is built again without them.

Belongs here: what a round keeps out and why, how many rounds there are, and what is written down of them. Does not belong here:
which filing is at fault (`judgement.py`), or the steps that are done again (`steps.py`).

What is kept out lies in the build's folder, so that steps may run in processes of their own. Nothing of it outlives the build:
the next one judges anew, so that the warehouse stays a function of its raw files, its vocabulary and its code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.build.judgement import at_fault
from orchestration.store import files
from orchestration.warehouse.broken_rules import BrokenRule
from orchestration.warehouse.suspects import Standing, Violation

MOST_ROUNDS = 6
PATIENCE = 2  # rounds in which single filings of a company are kept out; in the next one all of them are
ROWS_KEPT = 20  # of one filing and rule: enough to see what is wrong


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of the build in `folder`."""

    folder: Path

    def broken_rules(self) -> list[BrokenRule]:
        """What has been kept out, round by round."""
        path = self._path
        return [BrokenRule(*row) for row in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []

    def keep_out(self, violations: Sequence[Violation], accepted: Mapping[str, Standing]) -> bool:
        """Keep out the accepted filings at fault for some rows; False where there is none, or no round is left."""
        known = self.broken_rules()
        number = max((one.round_no for one in known), default=0) + 1
        chosen = at_fault(violations, accepted)
        if number > MOST_ROUNDS or not chosen:
            return False
        new = [*_own(violations, chosen, number, accepted), *_shared(chosen, number, accepted, known)]
        with files.atomic_write(self._path) as file:
            file.write(json.dumps([*known, *new]).encode())
        return True

    @property
    def _path(self) -> Path:
        return self.folder / "broken_rules.json"


def _own(
    violations: Sequence[Violation], chosen: set[str], number: int, accepted: Mapping[str, Standing]
) -> Iterator[BrokenRule]:
    """The rows that each chosen filing is a suspect of."""
    shown: dict[tuple[str, str], int] = {}
    for one in violations:
        for filing_id in sorted(chosen.intersection(one.suspects)):
            at = filing_id, one.rule
            shown[at] = shown.get(at, 0) + 1
            if shown[at] <= ROWS_KEPT:
                yield BrokenRule(filing_id, accepted[filing_id].company_id, number, one.rule, one.meaning, one.row)


def _shared(
    chosen: set[str], number: int, accepted: Mapping[str, Standing], known: Sequence[BrokenRule]
) -> Iterator[BrokenRule]:
    """The other filings of each company that has broken rules in `PATIENCE` rounds before: all of them are kept out."""
    rounds: dict[str, set[int]] = {}
    for one in known:
        rounds.setdefault(one.company_id, set()).add(one.round_no)
    companies = {accepted[filing_id].company_id for filing_id in chosen}
    tired = {company for company in companies if len(rounds.get(company, ())) >= PATIENCE}
    for filing_id, standing in sorted(accepted.items()):
        if standing.company_id in tired and filing_id not in chosen:
            meaning = "The releases of a company agree with each other once those at fault are left out."
            row = f"releases of company {standing.company_id} broke rules in {PATIENCE} rounds before this one as well"
            yield BrokenRule(filing_id, standing.company_id, number, "build/whole_company", meaning, row)
