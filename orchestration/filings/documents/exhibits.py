"""Which documents of a submission are read: those that may hold a release, and of a corrected one the corrected alone.

Belongs here: types of documents, and corrections of one exhibit by another in the same submission. Does not belong here:
taking a submission apart (`submission.py`), a correction in a later filing, which is a version of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from orchestration.filings.documents.submission import Part, Submission

_RELEASE: Final = re.compile(r"(?:8-K(?:12[BG]3?|15D5)?(?:/A)?|6-K(?:/A)?|EX-99\S*)", re.IGNORECASE)
_FOREIGN_RELEASE: Final = re.compile(r"EX-1(?:\.\w+)?", re.IGNORECASE)
"""Foreign issuers number the exhibits of a 6-K as they like; elsewhere Exhibit 1 is an underwriting agreement."""
_CORRECTED: Final = re.compile(
    r"\bcorrect(?:ed|ing|ion\s+(?:of|to))\b(?!\s+(?:for|certain))|\breplac(?:es|ing)\s+(?:the|and|our|its)\b", re.IGNORECASE
)
_HEAD_CHARS: Final = 1_500
_MARKUP: Final = re.compile(r"<[^<>]{0,2000}>|&#?\w{1,8};")
_WORD: Final = re.compile(r"[^\W_]{3,}")
_MAX_CHARS: Final = 400_000
_ALIKE: Final = 0.6
"""Two documents that have so many of their words in common are two versions of one."""


class Exhibits(NamedTuple):
    """The documents that are read, and pairs of one that is not and the one that corrects it."""

    read: tuple[Part, ...]
    corrected: tuple[tuple[Part, Part], ...] = ()


def exhibits(submission: Submission, text: str) -> Exhibits:
    """The documents of a submission that may hold a release, in order."""
    is_foreign = (submission.header.form or "").upper().startswith("6-K")
    parts = [part for part in submission.parts if _may_hold_release(part, is_foreign)]
    corrected = tuple(_corrections(parts, text))
    replaced = [before for before, _ in corrected]
    return Exhibits(tuple(part for part in parts if part not in replaced), corrected)


def _may_hold_release(part: Part, is_foreign: bool) -> bool:
    types = (_RELEASE, _FOREIGN_RELEASE) if is_foreign else (_RELEASE,)
    return not part.is_binary and any(one.fullmatch(part.type) for one in types)


def _corrections(parts: Sequence[Part], text: str) -> Iterator[tuple[Part, Part]]:
    """Each exhibit that another one corrects: one that says so at its top, and has most of its words."""
    shown = [(part, _shown(text, part)) for part in parts if part.type.upper().startswith("EX-")]
    is_correction = [_CORRECTED.search(f"{part.description} {words[:_HEAD_CHARS]}") is not None for part, words in shown]
    if len(set(is_correction)) < 2:
        return
    worded = [(part, set(_WORD.findall(words.lower()))) for part, words in shown]
    for (before, words), is_itself in zip(worded, is_correction, strict=True):
        after = (other for other, is_one in zip(worded, is_correction, strict=True) if is_one and not is_itself)
        yield from ((before, part) for part, others in after if _are_alike(words, others))


def _shown(text: str, part: Part) -> str:
    return _MARKUP.sub(" ", text[part.start : min(part.end, part.start + _MAX_CHARS)])


def _are_alike(words: set[str], others: set[str]) -> bool:
    return len(words & others) > _ALIKE * max(len(words), len(others), 1)
