"""The body of an answer as it comes off the wire -> its plain bytes, never more than a bound.

Belongs here: content codings, bounds, and knowing that a coded body came whole. Does not belong here: what the bytes mean.

Decoding is not left to the HTTP library: it would make of one small block of a compressed body whatever that holds, before
anybody could look at its size, and would take a compressed body that stops in the middle for a whole one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from orchestration.edgar.errors import RefusedError

STEP_BYTES: Final = 256 * 1024
CODINGS: Final = "gzip, deflate"
"""What is asked for, and understood here."""
_WINDOWS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Cut(Exception):
    """The body stopped before its end."""


class Plain:
    """Turns blocks of a body into plain bytes. `limit` is the most plain bytes there may be, `what` names the thing."""

    def __init__(self, coding: str, limit: int, what: str) -> None:
        self.what, self.limit, self.size = what, limit, 0
        coding = coding.strip().lower()
        if coding not in ("", "identity", *_WINDOWS):
            raise RefusedError("unknown_coding", f"{what}: came in a coding that was not asked for ({coding[:40]!r})")
        self.unpack = zlib.decompressobj(_WINDOWS[coding]) if coding in _WINDOWS else None

    def feed(self, block: bytes) -> Iterator[bytes]:
        """The plain bytes of a block, in steps. Raises `RefusedError` beyond the bound, `Cut` where it cannot be unpacked."""
        if self.unpack is None:
            yield self._counted(block)
            return
        while block:
            try:
                step = self.unpack.decompress(block, STEP_BYTES)
            except zlib.error as error:
                raise Cut(f"its compressed body is damaged: {error}") from error
            yield self._counted(step)
            block = self.unpack.unconsumed_tail

    def end(self) -> None:
        """Raises `Cut` where a compressed body did not come to its end with the answer."""
        if self.unpack is not None and (not self.unpack.eof or self.unpack.unused_data):
            raise Cut("its compressed body does not end where the answer ends")

    def _counted(self, block: bytes) -> bytes:
        self.size += len(block)
        if self.size > self.limit:
            raise too_large(self.what, self.limit)
        return block


def too_large(what: str, limit: int, size: int | None = None) -> RefusedError:
    """The error for a body beyond its bound."""
    said = f"has {size:,} bytes" if size is not None else "goes on"
    return RefusedError(
        "too_large", f"{what}: {said} beyond the limit of {limit:,} bytes, and was not kept. A release with its pictures can be"
        " that large: save its Exhibit 99.1 alone under the company's folder in the raw folder"
    )  # fmt: skip
