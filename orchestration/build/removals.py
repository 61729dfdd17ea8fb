"""Whether the raw folder has lost files since the warehouse was published.

Belongs here: which files are gone, and how many may be. Does not belong here: the problem that names each of them in the
warehouse (`store/ledger.py`).

A disk that is not mounted, a half-finished copy, the wrong folder: each would publish a warehouse without what is missing.
"""

from __future__ import annotations

from pathlib import Path

from orchestration.store.errors import ShrunkRawFolderError
from orchestration.store.raw import RawListing
from orchestration.warehouse.inspection import raw_files

MAY_BE_GONE = 0.2  # of the files of the published warehouse
NAMED = 20


def check_removals(listing: RawListing, raw: Path, published: Path) -> None:
    """Raise `ShrunkRawFolderError`, with the list, where more than a fifth of the files of the published warehouse are gone.

    A file that has moved or has other bytes is not gone. Without a published warehouse nothing is.
    """
    if not published.is_file():
        return
    before = raw_files(published)
    bytes_now, paths_now = {file.sha256 for file in listing.files}, {file.source for file in listing.files}
    gone = [source for source, sha256 in before if sha256 not in bytes_now and source not in paths_now]
    if len(gone) <= MAY_BE_GONE * len(before):
        return
    more = f", and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
    raise ShrunkRawFolderError(
        f"{len(gone)} of the {len(before)} files of {published} are no longer in {raw}: {', '.join(gone[:NAMED])}{more}. Put"
        " them back, name the right folder with --raw, or build with --accept-removals where they are meant to be gone."
    )
