"""Decoding the body of a response, up to a limit of bytes.

Belongs here: content codings, limits, and whether a compressed body is complete. Does not belong here: what the bytes mean.

Decoding is not left to the HTTP library: it decompresses a whole block before its size can be checked, and takes a truncated
compressed body for a complete one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from orchestration.edgar.errors import RefusedError

STEP_BYTES: Final = 256 * 1024
CODINGS: Final = "gzip, deflate"
"""The value of Accept-Encoding: the codings that are decoded here."""
_WINDOWS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class TruncatedBodyError(Exception):
    """A body that stops before its end."""


class BodyDecoder:
    """Decodes a body block by block. `limit` is the most decoded bytes there may be; `what` names the thing in messages.

    Raises `RefusedError` for a coding that was not asked for.
    """

    def __init__(self, coding: str, limit: int, what: str) -> None:
        self.what, self.limit, self.size = what, limit, 0
        coding = coding.strip().lower()
        if coding not in ("", "identity", *_WINDOWS):
            raise RefusedError("unknown_coding", f"{what}: came in a coding that was not asked for ({coding[:40]!r})")
        self.unpack = zlib.decompressobj(_WINDOWS[coding]) if coding in _WINDOWS else None

    def feed(self, block: bytes) -> Iterator[bytes]:
        """The decoded bytes of a block, in steps.

        Raises `RefusedError` beyond the limit, `TruncatedBodyError` where the block cannot be decompressed.
        """
        if self.unpack is None:
            yield self._counted(block)
            return
        while block:
            try:
                step = self.unpack.decompress(block, STEP_BYTES)
            except zlib.error as error:
                raise TruncatedBodyError(f"its compressed body is damaged: {error}") from error
            yield self._counted(step)
            block = self.unpack.unconsumed_tail

    def end(self) -> None:
        """Raises `TruncatedBodyError` where a compressed body is not complete, or has bytes after its end."""
        if self.unpack is not None and (not self.unpack.eof or self.unpack.unused_data):
            raise TruncatedBodyError("its compressed body does not end where the answer ends")

    def _counted(self, block: bytes) -> bytes:
        self.size += len(block)
        if self.size > self.limit:
            raise too_large(self.what, self.limit)
        return block


def too_large(what: str, limit: int, size: int | None = None) -> RefusedError:
    """The error for a body beyond its limit."""
    said = f"has {size:,} bytes" if size is not None else "goes on"
    return RefusedError(
        "too_large", f"{what}: {said} beyond the limit of {limit:,} bytes, and was not kept. A release with its pictures can be"
        " that large: save its Exhibit 99.1 alone under the company's folder in the raw folder"
    )  # fmt: skip
