"""Whether the registrant that a filing names is the company of the CIK or number that it states.

Belongs here: which names are one company's, and the filings of another. Does not belong here: joining filings by their keys
(`identity.py`).

A CIK in a header, a folder or behind a number decides whose a filing is, so a file under a wrong one would rewrite the
history of another company. Its name gives it away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, product
from typing import Final

from orchestration.filings.company.stated import (
    NUMBERS,
    CompanyQuestion,
    FilingKeys,
    KnownCompany,
    Link,
    all_unlike,
    words_of,
)
from orchestration.filings.records import KeyKind, KeyPlace, Severity

_RENAMED: Final = 2
"""So many filings under one name, all before as many under another, show a change of name; one may be a stranger's."""
_CIK: Final = re.compile(r"\d{10}")
_COMPARED: Final = 20
"""Names of one company that each other name is compared with: none has had so many, and a folder of anything may hold more."""
_SAID: Final = {KeyKind.HEADER_CIK: "header", KeyKind.FOLDER_CIK: "folder"}


def other_registrants(filings: Sequence[FilingKeys], known: Mapping[str, KnownCompany]) -> dict[str, list[CompanyQuestion]]:
    """The filings under a CIK or a number whose registrant is another than the company of it, with the reason."""
    anchors = _anchors(filings, known)
    by_anchor: dict[str, list[FilingKeys]] = defaultdict(list)
    for one in filings:
        if one.filing in anchors:
            by_anchor[anchors[one.filing]].append(one)
    found: dict[str, list[CompanyQuestion]] = {}
    for anchor, own in by_anchor.items():
        names = _company_names(own, known.get(anchor))
        tickers = _tickers(known[anchor].links if anchor in known else ())
        tickers = tickers.union(*(_tickers(one.links) for one in own if names & one.registrants.keys()))
        for one in own:
            strange = [text for name, text in one.registrants.items() if name not in names]
            if strange:
                found[one.filing] = [_other_registrant(one, anchor, strange[0], names, tickers)]
    return found


def _tickers(links: Iterable[Link]) -> set[str]:
    return {value for kind, value in links if kind == KeyKind.TICKER}


def _anchors(filings: Sequence[FilingKeys], known: Mapping[str, KnownCompany]) -> dict[str, str]:
    """The CIK of each filing that states one or has a number of one; else a number of its own."""
    outside: dict[Link, set[str]] = defaultdict(set)
    stated: dict[Link, set[str]] = defaultdict(set)
    for cik, company in known.items():
        for link in company.links:
            outside[link].add(cik)
    for one in filings:
        for link in one.links if one.cik else ():
            stated[link].add(one.cik or "")
    found = {}
    for one in filings:
        numbers = sorted((link for link in one.links if link[0] in NUMBERS), key=lambda link: (NUMBERS.index(link[0]), link))
        ciks = (next(iter(of[link])) for link in numbers for of in (outside, stated) if len(of.get(link, ())) == 1)
        anchor = one.cik or next(ciks, None) or next((value for _, value in numbers), None)
        if anchor:
            found[one.filing] = anchor
    return found


def _other_registrant(filing: FilingKeys, anchor: str, name: str, names: Iterable[str], tickers: set[str]) -> CompanyQuestion:
    """What is said of a filing that names another registrant.

    A release in a folder may go by another name of the company; one with a ticker that is none of the company's is another's.
    """
    kinds = {key.kind for key in filing.keys}
    where = next((said for kind, said in _SAID.items() if kind in kinds), "cover")
    number = f"CIK {int(anchor)}" if _CIK.fullmatch(anchor) else f"the number {anchor}"
    message = (
        f"its {where} leads to {number}, which is that of {', '.join(sorted(names)[:3])}, and it names the registrant {name};"
        " if the company has changed its name, add it to `former_names` of data/vocabulary/companies.csv, else move the file"
    )
    own = _tickers(filing.links)
    is_stranger = bool(own) and bool(tickers) and own.isdisjoint(tickers)
    if where == _SAID[KeyKind.FOLDER_CIK] and not (filing.has_official_name or is_stranger):
        return CompanyQuestion(Severity.WARNING, "company_name_differs", message)
    return CompanyQuestion(Severity.ERROR, "company_contradicted", message)


def _company_names(filings: Sequence[FilingKeys], known: KnownCompany | None) -> set[str]:
    """The names of the company of a CIK: those known outside with all that are theirs too, else those of most filings.

    Two names are one company's where they are alike, where a filing has one as the former of the other, and where some filings
    bear the one before any bears the other, as when a company is renamed.
    """
    groups = _NameGroups()
    outside = sorted(value for kind, value in known.links if kind == KeyKind.NAME) if known else []
    groups.add(outside)
    for one in filings:
        for name in one.registrants:
            groups.add([name])
        current = _header_names(one) or list(one.registrants)
        groups.add([*current[:1], *(key.value for key in one.keys if key.kind == KeyKind.FORMER_NAME)])
    every = sorted(groups.above)
    words = {name: words_of([name]) for name in every}
    for first, second in product(every[:_COMPARED], every):
        if not all_unlike(words[first], words[second]):
            groups.add([first, second])
    official = [one for one in filings if one.has_official_name]
    dated = [(one.known_from, one.registrants) for one in official or filings]
    groups.join_renamed(dated)
    return groups.of(outside) if outside else groups.largest(dated)


def _header_names(filing: FilingKeys) -> list[str]:
    return [key.value for key in filing.keys if key.kind == KeyKind.NAME and key.stands_in == KeyPlace.HEADER]


class _NameGroups:
    """Names, and which of them are one company's."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (above := self.above.setdefault(name, name)) != name:
            name = above
        return name

    def add(self, names: Sequence[str]) -> None:
        """Make some names one company's."""
        for name in names:
            self.above[self.root(name)] = self.root(names[0])

    def of(self, names: Sequence[str]) -> set[str]:
        roots = {self.root(name) for name in names}
        return {name for name in self.above if self.root(name) in roots}

    def join_renamed(self, filings: Sequence[tuple[date | None, Iterable[str]]]) -> None:
        """Make names one company's where filings enough bear the one before any bears the other."""
        dated = self._days((day, names) for day, names in filings if day)
        days = {root: sorted(its) for root, its in dated.items() if len(its) >= _RENAMED}
        for one, other in combinations(sorted(days), 2):
            if days[one][-1] < days[other][0] or days[other][-1] < days[one][0]:
                self.add([one, other])

    def largest(self, filings: Sequence[tuple[date | None, Iterable[str]]]) -> set[str]:
        """The names of most filings; of the earliest where two have as many."""
        ranked = sorted((-len(its), min(its), min(self.of([root])), root) for root, its in self._days(filings).items())
        return self.of([ranked[0][-1]]) if ranked else set()

    def _days(self, filings: Iterable[tuple[date | None, Iterable[str]]]) -> dict[str, list[date]]:
        """The days of the filings that bear a name of each group."""
        found: dict[str, list[date]] = defaultdict(list)
        for known_from, names in filings:
            for root in {self.root(name) for name in names}:
                found[root].append(known_from or date.max)
        return found
