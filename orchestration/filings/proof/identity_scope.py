"""Which figures an identity may decide or contradict.

Belongs here: the scope of an identity, by its kind and by what else agrees with it. Does not belong here: the search for a
repair (`solver.py`), or its steps (`resolve.py`).

A sum may overrule a figure that looks sound. A per-share figure is too coarse for that, and often of another result (of
continuing operations, after a deemed dividend, with interest added back). It may choose among the readings of damaged shares,
and overrule shares or per-share figure only where the two are far from a net income that its own sums confirm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from expectations.identities import Amount, Instance, closes
from orchestration.filings.proof.column import CellOptions

FAR: Final = 3
"""A net income and the result that its per-share figure is of seldom differ by this factor."""


@dataclass(frozen=True)
class IdentityScope:
    """What the `supported` identities of a column may say of its `cells`."""

    cells: Mapping[str, CellOptions]
    supported: Sequence[Instance]

    @cached_property
    def instances(self) -> list[Instance]:
        """The identities that may decide a cell."""
        misread = self._misread()
        return [instance for instance in self.supported if instance.name not in misread]

    def _misread(self) -> set[str]:
        """Per-share identities, two or more, that all miss a net income its sums confirm: they are of another result."""
        per_share: dict[str, list[Instance]] = {}
        for instance in self.supported:
            if instance.per_share:
                per_share.setdefault(instance.keys[2], []).append(instance)
        return {
            instance.name
            for income, several in per_share.items()
            if len(several) > 1 and income in self._agreed and all(closes(one, self._printed) is False for one in several)
            for instance in several
        }

    @cached_property
    def _printed(self) -> dict[str, Amount | None]:
        return {key: cell.sound.amount for key, cell in self.cells.items() if cell.sound}

    @cached_property
    def _agreed(self) -> set[str]:
        """The printed figures that a sum confirms and none contradicts."""
        tested = [(instance.keys, closes(instance, self._printed)) for instance in self.supported if not instance.per_share]
        agreed = {key for keys, is_closed in tested if is_closed for key in keys}
        return agreed - {key for keys, is_closed in tested if is_closed is False for key in keys}

    def may_overrule(self, key: str, overruled: Collection[str], closed: Sequence[Instance]) -> bool:
        """Whether a closing identity overrules this sound figure alone: two changes in one identity explain anything."""
        others = {other for other in overruled if other != key}
        return any(
            key in one.keys and others.isdisjoint(one.keys) and (not one.per_share or self._is_far(one, key)) for one in closed
        )

    def _is_far(self, instance: Instance, key: str) -> bool:
        """Whether printed per-share figure x shares is far from a confirmed net income, or of the other sign."""
        per_share, shares, income = (self._printed.get(one) for one in instance.keys)
        if not (per_share and shares and income) or key == instance.keys[2] or instance.keys[2] not in self._agreed:
            return False
        product = per_share.value * shares.value
        return product * income.value < 0 or not abs(income.value) <= FAR * abs(product) <= FAR * FAR * abs(income.value)

    def may_choose_reading(self, instance: Instance, key: str) -> bool:
        """Whether an identity may choose the reading of a cell."""
        if not instance.per_share or key == instance.keys[0] or self._is_far(instance, key):
            return True
        return key == instance.keys[1] and not self.cells[key].sound and self._allows_one(instance, key)

    def _allows_one(self, instance: Instance, key: str) -> bool:
        """Whether a per-share identity closes with exactly one reading of a damaged cell."""
        return [closes(instance, self._printed | {key: one.amount}) for one in self.cells[key].options].count(True) == 1
