"""A supported identity that no repair closes: which of its figures nobody can vouch for.

Belongs here: choosing the figures that are withheld, so that the rest of the column can stand. Does not belong here: the repair
that was tried before (`resolve.py`), or an identity that closes in no other column, which keeps the filing out (`reader.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expectations.identities import Amount, Instance, evaluate


def doubted_figures(instances: Sequence[Instance], amounts: Mapping[str, Amount | None]) -> dict[str, tuple[str, ...]]:
    """The lines whose figure may be the wrong one of a broken identity, each with the identities that doubt it.

    A figure that closes to the last digit with the others of another sum is vouched for there, unless all figures of the broken
    one are: then they contradict each other and all are withheld. A per-share figure closes within its rounding, which is too
    wide to vouch for shares and income.
    """
    outcomes = [(instance, evaluate(instance, amounts)) for instance in instances]
    broken = [instance for instance, outcome in outcomes if outcome and not outcome.closes]
    vouched = {
        key
        for instance, outcome in outcomes
        if outcome and outcome.closes and not outcome.residual and not instance.per_share
        for key in instance.keys
    }
    doubted: dict[str, tuple[str, ...]] = {}
    for instance in broken:
        for key in [key for key in instance.keys if key not in vouched] or instance.keys:
            doubted[key] = (*doubted.get(key, ()), instance.name)
    return doubted
