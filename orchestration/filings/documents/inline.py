r"""Inline marks of markdown, and what they show: `<br>`, `<sup>1</sup>`, `<b>`, `&nbsp;`, `\(`.

Belongs here: the text a line shows, each piece with its source offsets. Does not belong here: block tags (`html.py`), tables
between pipes (`piped.py`); `\$`, which is read as a currency sign everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from orchestration.filings.documents.html import FOOTNOTE_MARK
from orchestration.filings.text.normal import unescaped

_NAMES: Final = "b|i|u|s|a|em|strong|small|big|span|font|sup|sub|ins|del|mark|code|center|p|div"
_PIECE: Final = re.compile(
    rf"(?P<mark>{FOOTNOTE_MARK.pattern})|(?P<br><br\b[^<>]*>)|</?(?:{_NAMES})\b[^<>]*>"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)|\\(?P<escaped>[^\w\s$])|(?P<plain>[^<&\\]+|[<&\\])",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"[<&\\]")


class Piece(NamedTuple):
    """Shown characters, and the source span that shows them; `end` is exclusive."""

    text: str
    start: int
    end: int
    is_break: bool = False


def is_marked(text: str) -> bool:
    """Whether a line may show something other than its characters."""
    return _MARKS.search(text) is not None


def pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The pieces that a span shows, in order. A line break is a piece; marks that show nothing are left out."""
    for found in _PIECE.finditer(text, start, len(text) if end is None else end):
        if found["br"]:
            yield Piece("\n", *found.span(), is_break=True)
        elif found["mark"]:
            continue
        elif found["escaped"]:
            yield Piece(found["escaped"], *found.span("escaped"))
        elif said := found["plain"] or unescaped(found["entity"] or ""):
            yield Piece(said, *found.span())
