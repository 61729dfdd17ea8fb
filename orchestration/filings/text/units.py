"""Unit notes: the words that say what a printed figure is worth, "(in thousands of euros, except share data)".

Belongs here: the grammar of such notes, in a title, a header, a stub head, a label or a note of its own. Does not belong here:
which note speaks of which table (`tables/scale.py`), or whether the figures bear it out (`proof/`).

A note begins where something else ends: at the start of a line, in a bracket, after a comma, a dash or a colon. From there to
its amount word (thousands, million, '000) or its currency it holds words of units and no others (`unit_words.csv`,
`currencies.csv`). Running prose has no such stretch, so "in 1.2 million patients", "$3.2 million" and "held in euros" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from orchestration.filings.text.currencies import SPACE, currency_names, currency_signs, either
from orchestration.filings.vocabulary import rows

MAX_CHARS: Final = 400
"""A line longer than this is prose, whatever it begins with."""


class UnitNote(NamedTuple):
    """What one note states. `money` and `shares` are factors, None where the note is silent on them.

    `currency` is an ISO 4217 code; "" for a name or sign that several countries share ("rupees"); None where none is named
    ("dollars" and "$" alone name none: they are those of the filer's country, unless it says more). `unknown` is
    a word in the place of a currency or an amount word that the vocabulary lacks: then nobody can say what figures are worth.
    `is_of_all` tells that the note speaks of all amounts of its filing. `start` and `end` are offsets into the text.
    """

    money: int | None
    shares: int | None
    currency: str | None
    unknown: str | None
    is_of_all: bool
    start: int
    end: int


class _Token(NamedTuple):
    """A word, sign or mark of a note: its kind in `unit_words.csv`, and what it says of amounts and currency."""

    kind: str
    text: str
    start: int
    end: int
    factor: int | None = None
    currency: str | None = None


_ALONE: Final = frozenset({"link", "subject", "dollar", "amount_word", "multiple", "currency", "exception"})
_CLAUSE_ENDS: Final = frozenset(",;:–—-")
_PER_SHARE: Final = re.compile(
    r"\bper[\s-]+(?:common\s+|ordinary\s+|diluted\s+|basic\s+)?(?:share|unit|ads|ad[rs])\b|\b(?:par|stated)\s+values?\b|\bshare\s+prices?\b",
    re.IGNORECASE,
)
_SHARES_IN: Final = re.compile(
    r"(?P<both>\b(?:dollars?|amounts?|\$)\s*(?:and|&)\s+)?(?:\bnumber\s+of\s+)?\b(?:shares?|units?)\b(?!\s*[,;)])"
    r"[^;()\n]{0,40}?\b(?:in|stated\s+in)\s+(?P<unit>thousands?|millions?|(?:['’]|1[,. ]?)?000['’]?s?)\b"
    r"|\bshares?,?\s+which\s+(?:are|is)\s+(?:\w+\s+)?in\s+(?P<which>thousands|millions)\b"
    r"|\b(?:in\s+)?(?P<of>thousands|millions)\s+of\s+(?:[\w.$]+\s+){1,3}?(?P<too>and\s+shares)\b",
    re.IGNORECASE,
)
_SHARES: Final = re.compile(r"\b(?:shares?|units?)\b", re.IGNORECASE)
_EXCEPTION: Final = re.compile(r"\b(?:except|excluding|other\s+than)\b", re.IGNORECASE)
IN_THIS_RELEASE: Final = r"(?:in|throughout)\s+this\s+(?:(?:press|news|earnings)\s+)?(?:release|announcement|report)\b"
_OF_ALL: Final = re.compile(
    rf"(?:^|(?<=[.!?\n(*]))\s*(?:notes?\s*:\s*)?(?:(?:unless\b|{IN_THIS_RELEASE})[^.,]{{0,80}},\s*)?"
    r"(?:all\s+(?:of\s+)?)?(?:the\s+|our\s+)?(?:dollar\s+|currency\s+|monetary\s+|financial\s+)?"
    r"(?:amounts|figures|numbers|information|statements|references|results|dollars(?:\s+and\s+shares)?)\b"
    r"(?:[^.;:()\n]|\n(?=\s*[a-z])){0,160}",
    re.IGNORECASE,
)
_STATED_IN: Final = re.compile(r"\b(?:in|are)\s", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"(?:\breferences\s+to\s+|\buse\s+of\s+)?[\"“']?\$[\"”']?(?:\s+(?:or|and)\s+[\"“']?dollars?[\"”']?)?\s+(?:\w+\s+){0,2}?(?:are\s+to|is\s+to|means?|refers?\s+to|represents?|denotes?)\s"
    r"|\b(?:reporting|presentation)\s+currency\b[^.]{0,40}?\b(?:is|of)\s",
    re.IGNORECASE,
)
"""What names the currency of all amounts: `references to "$" are to`, "the reporting currency is"."""
_BRACKETED: Final = re.compile(r"[(\[](?P<inside>[^()\[\]]{1,200})[)\]]")


@cache
def _words() -> Mapping[str, tuple[str, int | None]]:
    """Kind and factor of each word that may stand alone in a note."""
    found = [row for row in rows("unit_words") if row["kind"] in _ALONE]
    return {row["word"]: (row["kind"], int(row["factor"]) if row["factor"] else None) for row in found}


@cache
def hundredth() -> str:
    """A pattern of the words for the hundredth of a currency: `cents`, `pence`."""
    return f"(?:{either((row['word'] for row in rows('unit_words') if row['kind'] == 'hundredth'), in_any_case=True)})"


@cache
def _prefixes() -> Mapping[str, int]:
    """The factor of each letter or two before or behind a currency: `k€`, `MSEK`, `$m`."""
    return {row["word"]: int(row["factor"]) for row in rows("unit_words") if row["kind"] == "prefix"}


@cache
def _token() -> re.Pattern[str]:
    coin, names = either(currency_signs()), either(currency_names(), in_any_case=True)
    prefix = f"(?:{either(_prefixes(), in_any_case=True)})"
    zeros = rf"(?:['’‘]000,?000|['’‘]?000|1(?:(?:[,.]|{SPACE})?000){{1,2}}(?!{SPACE}?\d))(?:['’‘]?[sS])?"
    return re.compile(
        rf"(?P<name>(?<![A-Za-z])(?:{names})(?![A-Za-z]))"
        rf"|(?P<before>(?<!\w){prefix})(?P<coined>{coin})(?![A-Za-z])"
        rf"|(?P<coin>(?<![A-Za-z$])(?:{coin})){SPACE}?(?P<behind>{zeros}|{prefix})(?![\w])"
        rf"|(?P<sign>(?<![A-Za-z])(?:{coin})(?![A-Za-z]))"
        rf"|(?P<zeros>(?<![\d,.]){zeros}(?![\w]|[,.]\d))"
        r"|(?P<word>\d{0,2}[A-Za-z](?:[A-Za-z0-9’']|\.(?=[A-Za-z]))*)|(?P<newline>\n)|(?P<number>\d[\d,.]*)|(?P<mark>[^\s\w])"
    )


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(_made(found) for found in _token().finditer(text))


def _made(found: re.Match[str]) -> _Token:
    said, at = found.group(), (found.start(), found.end())
    if found["before"]:
        return _Token("unit", said, *at, _prefixes()[found["before"].lower()], _code(found["coined"]))
    if found["coin"]:
        behind = found["behind"].lower()
        return _Token("unit", said, *at, _prefixes().get(behind) or _of_zeros(behind), _code(found["coin"]))
    if found["name"]:
        return _Token("currency", said, *at, currency=currency_names()[re.sub(r"\s+", " ", said.lower())])
    if found["sign"]:
        code = _code(said)
        return _Token("dollar" if code is None else "currency", said, *at, currency=code)
    if found["zeros"] or found["word"]:
        kind, factor = ("amount_word", _of_zeros(said)) if found["zeros"] else _words().get(_plain(said), ("word", None))
        return _Token(kind, said, *at, factor)
    return _Token("newline" if found["newline"] else "number" if found["number"] else "mark", said, *at)


def _code(sign: str) -> str | None:
    return currency_signs()[sign] or (None if sign in "$＄" else "")


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _of_zeros(said: str) -> int:
    return 1_000_000 if said.count("0") > 3 else 1_000


def unit_notes(text: str) -> list[UnitNote]:
    """Every unit note of a title, a header, a label or a short note, in order; none in running prose."""
    return list(_kept_notes(text) if len(text) <= _KEPT_CHARS else _read_notes(text))


_KEPT_CHARS: Final = 4_000
"""The notes of a longer text are not kept: a few of those would fill the memory."""


@lru_cache(maxsize=4_096)
def _kept_notes(text: str) -> tuple[UnitNote, ...]:
    """Kept: a line is asked for its scale and for its currency, by itself and for the witness of each."""
    return _read_notes(text)


def _read_notes(text: str) -> tuple[UnitNote, ...]:
    if not _may_hold(text):
        return ()
    found = [_note(text, *bracket.span("inside"), is_bracketed=True) for bracket in _BRACKETED.finditer(text)]
    outside = _BRACKETED.sub(lambda bracket: "\x00" * len(bracket.group()), text)
    read_to = 0
    for line in re.finditer(r"[^\n]+", outside):
        if line.start() >= read_to:
            note = _of_all(outside, *line.span()) or (_of_line(outside, *line.span()) if _may_hold(line.group()) else None)
            read_to = note.end if note else 0
            found.append(note)
    return tuple(sorted((note for note in found if note), key=lambda note: note.start))


@lru_cache(maxsize=1_024)
def notes_of_all(text: str) -> tuple[UnitNote, ...]:
    """The notes of a text that speak of all amounts of a filing."""
    if not _may_hold(text):
        return ()
    return tuple(note for line in re.finditer(r"[^\n]+", text) if (note := _of_all(text, *line.span())))


@cache
def _hints() -> re.Pattern[str]:
    """A pattern of what every note holds one of: a quick look before a thorough one."""
    amounts = [row["word"] for row in rows("unit_words") if row["kind"] in ("amount_word", "dollar", "hundredth")]
    coins = [sign for sign in currency_signs() if not sign.isupper()]
    words = either([*amounts, *currency_names()], in_any_case=True)
    return re.compile(rf"000|[Ss]hare|SHARE|{either(coins)}|[A-Z]{{3}}|\b[Ii][Nn]\s+[A-Za-z]{{2,}}|(?<![A-Za-z])(?:{words})")


def _may_hold(text: str) -> bool:
    return bool(_hints().search(text))


def _note(text: str, start: int, end: int, *, is_bracketed: bool) -> UnitNote | None:
    """The note that a stretch of text is, read clause by clause up to its exceptions; None where it is none."""
    shares, said = _shares_apart(text[start:end])
    exception = _EXCEPTION.search(said)
    head = said[: exception.start()] if exception else said
    clauses = [_clause(tokens) for tokens in _clauses(_tokens(head))]
    if not (_speaks_of_units(clauses) if is_bracketed else _opens_a_note(head, clauses, bool(exception))):
        return None
    money, currency = _one(clause.factor for clause in clauses), _one(clause.currency for clause in clauses)
    unknown = next((clause.unknown for clause in clauses if clause.unknown), None)
    if len({clause.factor for clause in clauses} - {None, 1}) > 1 or money == 0:
        unknown, money = head.strip(), None
    if (money, currency, shares, unknown) == (None,) * 4:
        return None
    if exception and shares is None and _SHARES.search(_PER_SHARE.sub(" ", said[exception.start() :])):
        shares = 1
    return UnitNote(money, shares, currency, unknown, False, start, end)


def _shares_apart(said: str) -> tuple[int | None, str]:
    """The factor that a text states for share counts, and the text without the words that do."""
    found = _SHARES_IN.search(said)
    if not found:
        return None, said
    unit = (found["unit"] or found["which"] or found["of"]).lower()
    factor = 1_000_000 if unit.startswith("million") else 1_000
    start, end = found.span("too") if found["too"] else found.span()
    if found["both"]:
        start, end = found.end("both"), found.end("both") + len("shares")
    return factor, said[:start] + " " * (end - start) + said[end:]


class _Clause(NamedTuple):
    """What one clause states: `is_whole` where it holds unit words alone, `opens_with` the kind of its first word."""

    factor: int | None = None
    currency: str | None = None
    unknown: str | None = None
    is_whole: bool = True
    opens_with: str = ""


def _clauses(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    clause: list[_Token] = []
    for token, behind in zip_longest(tokens, tokens[1:]):
        if token.kind == "exception" or (token.text == "." and behind is not None and behind.text[0].isupper()):
            break
        if token.kind == "mark" and token.text in _CLAUSE_ENDS:
            if clause:
                yield clause
            clause = []
        elif token.kind != "newline":
            clause.append(token)
    if clause:
        yield clause


def _clause(tokens: Sequence[_Token]) -> _Clause:
    """A clause read from its first word to the first that is no word of units."""
    words = [token for token in tokens if not (token.kind == "mark" and token.text in "*'.’\"“”\x00")]
    stop = next((at for at, token in enumerate(words) if token.kind in ("word", "number", "mark")), len(words))
    run, rest = words[:stop], words[stop:]
    opens_with = words[0].kind if words else ""
    factor, currency = _worth(run)
    if rest and factor is None and (meant := _damaged_amount(run, rest)):
        return _Clause(meant, currency, None, len(rest) == 1, opens_with)
    unknown = _unknown_unit(run, rest, factor)
    if rest and not unknown and not _may_follow(rest[0]):
        return _Clause(is_whole=False, opens_with=opens_with)
    return _Clause(None if unknown else factor, currency, unknown, not rest, opens_with)


def _worth(run: Sequence[_Token]) -> tuple[int | None, str | None]:
    """The factor and the currency of a run of unit words: 0 for two that differ. "In dollars" is a factor of 1."""
    factor: int | None = None
    joined = False
    for token in run:
        if token.kind == "multiple" and not _is_multiple(run, token):
            continue
        if token.factor is not None:
            if factor is not None and factor != token.factor and not joined:
                return 0, None
            factor = token.factor * (factor if joined and factor else 1)
        joined = token.text.lower() == "of" or (joined and token.kind == "link")
    into = next((at for at, token in enumerate(run) if token.text.lower() == "in"), len(run))
    is_into = any(token.kind in ("currency", "dollar") for token in run[into:])
    return factor or (1 if is_into else None), _one(token.currency for token in run)


def _is_multiple(run: Sequence[_Token], token: _Token) -> bool:
    """Whether "tens" multiplies an amount word, as in "tens of thousands"."""
    behind = [other for other in run if other.start >= token.end][:2]
    return len(behind) == 2 and behind[0].text.lower() == "of" and behind[1].kind == "amount_word"


def _unknown_unit(run: Sequence[_Token], rest: Sequence[_Token], factor: int | None) -> str | None:
    """The word that stands where a currency must, and is none: "in thousands of zorkmids", "in XYZ thousands"."""
    if not run or not rest or rest[0].kind != "word" or factor == 1:
        return None
    word, before = rest[0].text, run[-1].text.lower()
    if _SHARES.fullmatch(word):
        return None
    is_code = len(word) == 3 and word.isupper() and before in ("in", "of")
    return word if (factor and before == "of") or is_code else None


def _may_follow(token: _Token) -> bool:
    """Whether a header's next cell may begin with a token: a word of a sentence begins in lower case."""
    return token.kind == "number" or token.text == "\x00" or token.text[0].isupper() or token.text.lower() in _AFTER


_AFTER: Final = frozenset(
    {"for", "as", "at", "three", "six", "nine", "twelve", "year", "years", "months", "quarter", "quarters"}
)


def _damaged_amount(run: Sequence[_Token], rest: Sequence[_Token]) -> int | None:
    """The amount word that a damaged one behind "in" or a currency sign can only have been: `in thousancls`."""
    if not run or (run[-1].text.lower() != "in" and run[-1].kind not in ("dollar", "currency")) or rest[0].kind != "word":
        return None
    halves = [rest[0].text, "".join(token.text for token in rest[:2] if token.kind == "word")]
    for said in dict.fromkeys(re.sub(r"\W", "", half).lower() for half in halves):
        if said in _OTHER_WORDS:
            return None
        for word in ("thousands", "millions"):
            if Levenshtein.distance(said, word, score_cutoff=_DAMAGED_AT_MOST) <= _DAMAGED_AT_MOST:
                return _words()[word][1]
    return None


_DAMAGED_AT_MOST: Final = 2
"""Characters that a damaged amount word may have changed, lost or gained."""
_OTHER_WORDS: Final = frozenset({"minions", "trillions", "billions", "thousandths"})


def _one(values: Iterable[int | str | None]) -> Any:
    """The one value that is stated; of a whole-unit factor or a shared name and another, the other; None where two differ."""
    found = set(values) - {None}
    found = found - {1, ""} if len(found) > 1 else found
    return found.pop() if len(found) == 1 else None


def _speaks_of_units(clauses: Sequence[_Clause]) -> bool:
    """Whether a bracket holds unit words alone, down to the first clause that states something: not `(NYSE: CAD)`."""
    for clause in clauses:
        if clause.factor or clause.currency is not None or clause.unknown:
            return True
        if not clause.is_whole:
            return False
    return True


def _opens_a_note(head: str, clauses: Sequence[_Clause], has_exception: bool) -> bool:
    """Whether a stretch outside brackets is a note and no sentence."""
    first = clauses[0] if clauses else _Clause()
    if first.factor is None and first.currency is None and first.unknown is None:
        return False
    if first.opens_with == "amount_word":
        return has_exception or (first.is_whole and len(clauses) == 1) or bool(re.match(r"[A-Za-z]+s\s+of\s", head))
    is_line = first.is_whole and len(clauses) == 1 and not has_exception
    return is_line or has_exception or (first.factor or 0) > 1


def _of_line(text: str, start: int, end: int) -> UnitNote | None:
    """The note outside brackets that begins a line, or stands behind a comma, a dash or the words of a title in it."""
    line = text[start:end]
    if len(line) > MAX_CHARS or _SENTENCE.search(line):
        return None
    begins = [0] + [found.end() for found in _PARTED.finditer(line)] + [found.start() for found in _INTO.finditer(line)]
    for at in begins:
        if at and not (_is_title(line[:at]) or _names_its_subject(line[:at])):
            continue
        note = _note(text, start + at, end, is_bracketed=False)
        if note:
            return note
    return None


_SENTENCE: Final = re.compile(r"[a-z]{3,}[.!?]\s+[A-Z]|\d[.,]\d+\s+(?:thousand|million|billion)")
_PARTED: Final = re.compile(r"[,;:–—\x00]\s*|\s-{1,2}\s*")
_INTO: Final = re.compile(r"\bin\s(?=\s*\S)", re.IGNORECASE)
_SMALL: Final = frozenset({"of", "and", "the", "for", "in", "to", "or", "ended", "as", "at", "months", "unaudited"})


def _names_its_subject(words: str) -> bool:
    """Whether words before a colon are those that a note speaks of: "Money and shares: thousands"."""
    return words.rstrip().endswith(":") and all(_clause(tokens).is_whole for tokens in _clauses(_tokens(words.rstrip(" :"))))


def _is_title(words: str) -> bool:
    """Whether words are set as a title is: all but the small ones begin with a capital or a digit."""
    return all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in re.findall(r"\w[\w’']*", words))


_SAYS_SO: Final = re.compile(r"\ball\b|\bunless\b|\b(?:are|is|expressed|stated|presented|reported)\b", re.IGNORECASE)


def _of_all(text: str, start: int, end: int) -> UnitNote | None:
    """The note that a sentence begun in one line states of all amounts: "All amounts are in Canadian dollars"."""
    for found in _OF_ALL.finditer(text, start, end + MAX_CHARS):
        if found.start() >= end or not _SAYS_SO.search(found.group()):
            continue
        last = max(end, found.end())
        for into in _STATED_IN.finditer(text, found.start(), found.end()):
            clause = next((_clause(tokens) for tokens in _clauses(_tokens(text[into.start() : last]))), _Clause())
            if clause.factor or clause.currency:
                money = None if clause.factor == 1 else clause.factor
                return UnitNote(money, None, clause.currency, None, True, found.start(), last)
    named = _NAMED.search(text, start, end)
    currency = currency_over(text[named.end() : min(end, named.end() + _NEAR)]) if named else None
    return UnitNote(None, None, currency, None, True, named.start(), end) if named and currency else None


def currency_in(text: str) -> str | None:
    """The currency that the notes of a title or a header name, the nearest to the table of several; None where none does."""
    return next((note.currency for note in reversed(unit_notes(text)) if note.currency), None)


_NEAR: Final = 40
"""Characters within which the currency stands behind the words that name it."""


def currency_over(words: str) -> str | None:
    """The currency that the words over one column name, the first of several; None where they name none."""
    return next(currencies_over(words), None)


def currencies_over(words: str) -> Iterator[str]:
    """The currencies that words over columns name, in order."""
    return (token.currency for token in _tokens(words) if token.currency)


def shared_currency_in(text: str) -> str | None:
    """The note of a title or a header that names the money of several countries, and not whose."""
    return next((text[note.start : note.end] for note in unit_notes(text) if note.currency == ""), None)


def leading_sign(cell: str) -> str | None:
    """The currency sign or code that a cell begins with, or that it is; None where it begins otherwise."""
    return None if cell[:1].isdigit() else _leading_sign(cell[:_KEPT_CHARS])


@lru_cache(maxsize=4_096)
def _leading_sign(cell: str) -> str | None:
    first = next(iter(_tokens(cell.lstrip("( -–—")[:_NEAR])), None)
    is_sign = first is not None and (first.text in currency_signs() or not first.text[-1:].islower())
    is_sign = is_sign and first is not None and first.kind in ("currency", "dollar")
    return first.text if first and is_sign and not re.match(r"\s*[A-Za-z]", cell.lstrip("( -–—")[first.end :]) else None


def currency_of_sign(sign: str) -> str | None:
    """The ISO 4217 code of a currency sign or code as printed; None for "$" and for what is none."""
    return currency_signs().get(sign) or None
