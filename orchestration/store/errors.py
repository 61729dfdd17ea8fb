"""What can go wrong with a build, as exceptions whose text a person can act on.

Belongs here: exceptions raised by more than one module. Does not belong here: problems of a filing, which are rows of
`staging.problems` and never exceptions.
"""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 5
"""Filings in one message."""


class TieoutError(Exception):
    """Base of all: the message says what, where and what to do. The command line prints it and exits 1."""


class NoFilingsError(TieoutError):
    """`data/raw` is not there or holds no filing."""


class ShrunkRawFolderError(TieoutError):
    """Many files of the published warehouse are no longer in the raw folder."""


class BuildFailedError(TieoutError):
    """A step of a build failed, so that nothing was published."""


class NothingAcceptedError(BuildFailedError):
    """Every filing was quarantined, so that there is nothing to build. `kept_out` are (source, reason) pairs."""

    def __init__(self, kept_out: Sequence[tuple[str, str]]) -> None:
        shown = "; ".join(f"{source}: {reason}" for source, reason in kept_out[:SHOWN])
        more = f"; and {len(kept_out) - SHOWN:,} more" if len(kept_out) > SHOWN else ""
        what = "the only filing was turned away" if len(kept_out) == 1 else f"all {len(kept_out):,} filings were turned away"
        super().__init__(f"{what}: {shown}{more}")


class MissingTableError(TieoutError):
    """A query asks for a table that the file does not have: a run of a part has not built it."""


class NoWarehouseError(TieoutError):
    """There is no published warehouse to read."""
