"""Odd characters -> the plain ones that they are printed as; the first thing done to a decoded text.

Belongs here: blanks, quotes, hyphens, ligatures and full-width forms that look like plain ones, and characters that show
nothing. Does not belong here: encodings (`documents/decode.py`), marks of a format (`documents/`), words that are damaged
(`ocr/`), that ran together or lost a ligature (`words.py`).

All source offsets are offsets into the text that comes out, so no reader meets the odd ones: one character stands for one, but
those that show nothing are left out, and a ligature is its letters. En and em dashes stay: they part clauses as no hyphen does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final

_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_ALIKE: Final = {
    " ": "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "-": "\u2010\u2011\u2043\u2212\ufe63",
    "–": "\u2012",
    "—": "\u2015",
    "'": "\u2018\u2019\u201a\u201b\u02bc\u2032",
    '"': "\u201c\u201d\u201e\u201f\u2033",
}
_PLAIN: Final = {
    **dict.fromkeys(_UNSEEN, ""),
    **{odd: plain for plain, alike in _ALIKE.items() for odd in alike},
    **dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
}
_TAB_OF_WORDS: Final = re.compile(r"(?<=\S)\t(?=\S|\n|\Z)")
_WORDS_BY_TABS: Final = re.compile(r"[A-Za-z]\t[a-z]")
_LEAST_WORDS: Final = 50
_ODD: Final = re.compile(f"[{''.join(_PLAIN)}]")


def normal(text: str) -> str:
    """The text with plain characters for odd ones, and line feeds as line ends."""
    plain = text if text.isascii() else _ODD.sub(lambda found: _PLAIN[found.group()], text)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return _TAB_OF_WORDS.sub(" ", plain) if _parts_words_by_tabs(plain) else plain


def _parts_words_by_tabs(text: str) -> bool:
    """Whether most tabs without a blank stand between words, as some converters from PDF set them for blanks."""
    glued = len(_TAB_OF_WORDS.findall(text)) if "\t" in text else 0
    return glued > _LEAST_WORDS and len(_WORDS_BY_TABS.findall(text)) * 2 > glued


@lru_cache(maxsize=1_024)
def unescaped(entity: str) -> str:
    """The characters that an entity of markup stands for (`&nbsp;`, `&#8217;`), as plain ones; empty where it shows nothing."""
    return normal(unescape(entity))
