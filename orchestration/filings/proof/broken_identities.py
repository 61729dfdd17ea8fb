"""The figures to withhold where a supported identity stays broken.

Belongs here: choosing the withheld figures, so that the rest of the column can stand. Does not belong here: the repair tried
before (`resolve.py`), an identity that closes in no other column, which keeps the filing out (`acceptance.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expectations.identities import Amount, Instance, evaluate


def doubted_figures(instances: Sequence[Instance], amounts: Mapping[str, Amount | None]) -> dict[str, tuple[str, ...]]:
    """The lines whose figure may be the wrong one of a broken identity, each with the names of those identities.

    A figure in another sum that closes to the last digit is exempt, unless all figures of the broken identity are: then all are
    withheld. A per-share identity neither confirms nor doubts: it is coarse, and often of another result than is thought.
    """
    outcomes = [(instance, evaluate(instance, amounts)) for instance in instances if not instance.per_share]
    broken = [instance for instance, outcome in outcomes if outcome and not outcome.closes]
    vouched = {
        key for instance, outcome in outcomes if outcome and outcome.closes and not outcome.residual for key in instance.keys
    }
    doubted: dict[str, tuple[str, ...]] = {}
    for instance in broken:
        for key in [key for key in instance.keys if key not in vouched] or instance.keys:
            doubted[key] = (*doubted.get(key, ()), instance.name)
    return doubted
