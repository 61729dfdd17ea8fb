"""What a filing says of its statements in sentences: what is not understood may say that they are another's, or wrong.

Belongs here: sentences that point at statements, tables or columns, and which statements each is about (`wording.csv`). Does
not belong here: titles and heads (`titles.py`), notes to their marks (`marks.py`), notes of units (`text/units.py`), or words
that state a basis (`basis.py`).

"The statements above keep to the rules of the Commission", "what follows was taken from the announcement of a rival": no list
has all that may be said. Releases point at their statements seldom, and then say little: that is listed, and the rest is not
understood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document
from orchestration.filings.records import Severity
from orchestration.filings.statements.findings import SHOWN_CHARS, Finding
from orchestration.filings.statements.marks import notes_not_understood
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.statements.titles import words_not_known
from orchestration.filings.text.prefiltered import PrefilteredPattern
from orchestration.filings.text.sentences import sentences
from orchestration.filings.text.units import notes_of_all
from orchestration.filings.vocabulary import wording

_SENTENCE_CHARS: Final = 24
_NEAR: Final = 6
"""So many paragraphs may stand between a table and a sentence that points at it."""
_THINGS: Final = PrefilteredPattern(
    "tatement|able|heet|ccount|mount|igure|olumn|eading|ages|follow|elow|nnex|repared|eport ", ""
)
"""What every sentence holds that points at statements."""


class _Remark(NamedTuple):
    """A sentence about statements: `above` it, `below` it, or, where it says neither, any of them."""

    line: int
    text: str
    above: bool
    below: bool

    @property
    def is_understood(self) -> bool:
        """Whether it says nothing of whose the statements are, or on which basis."""
        if wording("remark_of_others").search(self.text):
            return False
        if wording("remark_understood").search(self.text) or any(notes_of_all(self.text)):
            return True
        return not words_not_known([self.text], frozenset())


def remarked(statements: Statements, document: Document) -> Statements:
    """The statements, those not proven of which the filing says what is not understood, and a finding for each sentence."""
    own = {table.line for table in statements.tables if table.is_gaap}
    said = [remark for remark in _remarks(document) if not _is_of_another_table(remark, document, own)] if own else []
    about = [
        (remark, {table.number for table in _about(remark, said[at + 1 :], statements.tables)})
        for at, remark in enumerate(said)
        if not remark.is_understood
    ]
    about += [
        (_Remark(note.line, f"{note.mark} {' '.join(note.text.split())}", above=True, below=False), {table.number})
        for table in statements.tables
        if table.is_gaap
        for note in notes_not_understood(table, document)
    ]
    doubted = set[int]().union(*(numbers for _, numbers in about))
    findings = [_finding(remark) for remark, numbers in about if numbers]
    tables = tuple(replace(one, is_doubted=True) if one.number in doubted else one for one in statements.tables)
    return replace(statements, tables=tables, findings=(*statements.findings, *findings))


def _remarks(document: Document) -> Iterator[_Remark]:
    patterns = [wording(f"remark_on_{place}") for place in ("above", "below", "any")]
    for paragraph in document.paragraphs:
        is_one = _THINGS.may_match(paragraph.text) and any(pattern.search(paragraph.text) for pattern in patterns)
        for one in sentences(paragraph.text) if is_one else ():
            text = " ".join(one.text.split())
            above, below, anywhere = (bool(pattern.search(text)) for pattern in patterns)
            if above or below or (anywhere and _is_sentence(text)):
                yield _Remark(document.place(paragraph.source_offset(one.start), 0).line, text, above, below)


def _is_sentence(text: str) -> bool:
    """Whether words that name statements tell something: a title does not."""
    return len(text) >= _SENTENCE_CHARS and text.rstrip("\"”')*").endswith(".")


def _is_of_another_table(remark: _Remark, document: Document, own: Collection[int]) -> bool:
    """Whether a sentence points at one table below it, and that is no statement, or too far away to be the one it means."""
    if not wording("remark_on_one").search(remark.text):
        return False
    table = document.table_below(remark.line)
    is_far = table is None or document.down_to(table.line) - document.down_to(remark.line) > _NEAR
    return is_far or not any(table.line <= line <= table.rows[-1].line for line in own if table)


def _about(remark: _Remark, later: Sequence[_Remark], tables: Sequence[StatementTable]) -> Iterator[StatementTable]:
    """The registrant's statements that a sentence is about.

    What is said of those below holds to the next such sentence, and, where one of another basis or company follows, to the
    end of those: it was about them.
    """
    stop = next((one.line for one in later if one.below), None)
    is_told = False
    for table in tables:
        is_below = table.line >= remark.line
        if is_below and remark.below and not remark.above:
            if (stop is not None and table.line >= stop) or (is_told and table.is_gaap):
                return
            is_told = is_told or not table.is_gaap
        if table.is_gaap and (remark.above is remark.below or is_below is remark.below):
            yield table


def _finding(remark: _Remark) -> Finding:
    message = (
        f'the filing says of statements: "{remark.text[:SHOWN_CHARS]}", which the vocabulary does not know: they may be'
        " another company's, on another basis or wrong, so those it may mean are not proven; compare them with the filing, or"
        " add the words to data/vocabulary/wording.csv (remark_understood)"
    )
    return Finding(Severity.WARNING, "remark_not_understood", message, remark.line, remark.text[:SHOWN_CHARS])
