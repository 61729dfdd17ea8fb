"""Opening the SQLite files of Dagster's run history so that writing to them is fast.

Belongs here: how these files are opened. Does not belong here: what is in them, which is Dagster's.

Dagster opens a connection for every event and closes it again. In write-ahead mode the last connection to close folds the log
back into the file, and every commit waits for the disk: several waits an event, hundreds of events a build. While this holds,
one idle connection a file stays open, so that the log is folded back once at the end, and commits do not wait for the disk.
A power cut can lose the last events of the history, never damage it; the warehouse is synced on its own.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SETTLED_AFTER = 3  # connections: the first ones to a new file still make its tables and switch its mode


@contextmanager
def sqlite_kept_open() -> Iterator[None]:
    """Keep one connection to each SQLite file that SQLAlchemy opens in the block, and let its commits not wait for the disk."""
    from sqlalchemy import event  # noqa: PLC0415
    from sqlalchemy.engine import Engine  # noqa: PLC0415

    keepers: dict[str, sqlite3.Connection] = {}
    seen: Counter[str] = Counter()

    def on_connect(connection: Any, _record: Any) -> None:
        if not isinstance(connection, sqlite3.Connection):
            return
        connection.execute("pragma synchronous = normal")
        path = connection.execute("pragma database_list").fetchone()[2]
        seen[path] += 1
        if path and seen[path] == SETTLED_AFTER:
            keepers[path] = sqlite3.connect(path, check_same_thread=False)
            keepers[path].execute("select count(*) from sqlite_master").fetchone()

    event.listen(Engine, "connect", on_connect)
    try:
        yield
    finally:
        event.remove(Engine, "connect", on_connect)
        for keeper in keepers.values():
            keeper.close()
