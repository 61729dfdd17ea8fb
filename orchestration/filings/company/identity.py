"""Which company each of many filings is of: the one place where keys of companies are held against each other.

Belongs here: what makes two keys one company, which key decides, and what a person is asked where none does. Does not belong
here: finding the keys of a filing (`keys.py`), whether a registrant is the company of its CIK
(`registrants.py`), the companies known outside the filings
(`orchestration/store/known_companies.py`), or what becomes of the answer (`orchestration/warehouse/company_placement.py`).

A CIK is a company and two are two. What has none joins the one company with its commission file number, IRS number, ticker on
a market, or name in its normal form, in this order; through any number of filings, so that the order of their arrival is
nothing. A key of two companies decides nothing. A name that is like another asks and never decides. Pure, and the same for any
order of its arguments.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from orchestration.filings.company.keys import own_ids
from orchestration.filings.company.registrants import other_registrants
from orchestration.filings.company.stated import (
    CIKS,
    LINKS,
    NUMBERS,
    CompanyQuestion,
    FilingKeys,
    KnownCompany,
    Link,
    Placement,
    all_unlike,
    company_name,
    first_ticker,
    words_of,
)
from orchestration.filings.records import FilingStatus, KeyKind, Problem, Reading, Severity

_NEAR: Final = 90
"""Of a hundred: names more alike may be one, misprinted."""


def placed(filings: Iterable[FilingKeys], known: Sequence[KnownCompany] = ()) -> dict[str, Placement]:
    """The company of each filing that states a key, by the filing."""
    stated = sorted((one for one in filings if one.keys), key=lambda one: one.filing)
    companies = _Companies(stated, {one.company_id: one for one in known})
    companies.join()
    return {one.filing: companies.placement(one) for one in stated}


def with_company(reading: Reading, known: Sequence[KnownCompany]) -> Reading:
    """One reading with its company as the companies known outside tell it, and what is asked among its problems."""
    filing = reading.filing
    keys = FilingKeys(filing.filing_id, reading.company_keys, filing.known_from)
    placement = placed([keys], known).get(filing.filing_id)
    if placement is None:
        return reading
    asked = (Problem(filing.filing_id, one.severity, one.code, one.message) for one in placement.questions)
    ticker, exchange = (filing.ticker, filing.exchange) if filing.ticker else first_ticker(placement.known)
    error = next((f"{one.code}: {one.message}" for one in placement.questions if one.severity is Severity.ERROR), None)
    own = replace(
        filing,
        company_id=placement.company_id,
        company_evidence=placement.evidence,
        company_name=company_name(keys, placement.known),
        ticker=ticker,
        exchange=exchange,
        status=FilingStatus.QUARANTINED if error else filing.status,
        reason=filing.reason or error,
    )
    return replace(reading, filing=own, problems=(*reading.problems, *asked))


@dataclass(slots=True)
class _Company:
    """Filings and known companies that are one company as far as is seen."""

    cik: str | None
    links: set[Link] = field(default_factory=set)

    @property
    def names(self) -> set[frozenset[str]]:
        return words_of(value for kind, value in self.links if kind == KeyKind.NAME)

    def of_kind(self, kind: KeyKind) -> set[str]:
        return {value for one, value in self.links if one == kind}


class _Companies:
    """All companies, as groups of what is joined."""

    def __init__(self, filings: Sequence[FilingKeys], known: Mapping[str, KnownCompany]) -> None:
        self.known = known
        self.refused = other_registrants(filings, known)
        self.companies: dict[str, _Company] = {}
        self.group: dict[str, str] = {}
        for cik, company in sorted(known.items()):
            self._add(f"cik {cik}", cik, company.links)
        for one in filings:
            name = f"cik {one.cik}" if one.cik else f"filing {one.filing}"
            self._add(name, one.cik, one.links if one.filing not in self.refused else frozenset())
        self.holders = self._holders()
        self._asked_for: dict[str, str | None] = {}

    def _add(self, name: str, cik: str | None, links: Iterable[Link]) -> None:
        self.group.setdefault(name, name)
        self.companies.setdefault(name, _Company(cik)).links.update(links)

    def _root(self, name: str) -> str:
        while (above := self.group[name]) != name:
            self.group[name] = name = self.group[above]
        return name

    def _holders(self) -> dict[Link, list[str]]:
        holders: dict[Link, list[str]] = defaultdict(list)
        for name, company in sorted(self.companies.items()):
            for link in company.links:
                holders[link].append(name)
        return holders

    def _groups_with(self, link: Link) -> list[str]:
        """The groups that have a key: those with a CIK first."""
        return sorted(
            {self._root(name) for name in self.holders.get(link, ())}, key=lambda one: (not self.companies[one].cik, one)
        )

    def join(self) -> None:
        """Join what is one company, by the strongest kind of key first."""
        for kind in LINKS:
            for link in sorted(one for one in self.holders if one[0] == kind):
                self._join(link)

    def _join(self, link: Link) -> None:
        groups = self._groups_with(link)
        ciks = [one for one in groups if self.companies[one].cik]
        if len(ciks) > 1:
            ciks = [one for one in ciks if link in self._known_links(one)]
            if len(ciks) != 1:
                return
        first, *others = [*ciks, *(one for one in groups if not self.companies[one].cik)]
        for other in others:
            if self._may_be_one(self.companies[first], self.companies[other], link[0]):
                self.group[other] = first
                self.companies[first].links |= self.companies[other].links

    def _known_links(self, group: str) -> frozenset[Link]:
        known = self.known.get(self.companies[group].cik or "")
        return known.links if known else frozenset()

    @staticmethod
    def _may_be_one(one: _Company, other: _Company, kind: KeyKind) -> bool:
        """Whether nothing that two companies with one key state speaks against their being one."""
        if kind == KeyKind.NAME:
            numbers = [(one.of_kind(number), other.of_kind(number)) for number in NUMBERS]
            return any(a & b for a, b in numbers) or not any(a and b for a, b in numbers)
        return kind in NUMBERS or not all_unlike(one.names, other.names)

    def placement(self, filing: FilingKeys) -> Placement:
        """The company of one filing."""
        stated = {key.kind: key.value for key in filing.keys if key.kind in CIKS}
        if cik := filing.cik:
            kind = next(kind for kind in CIKS if kind in stated)
            moved = [_in_another_folder(*map(int, stated.values()))] if len({*stated.values()}) > 1 else []
            return Placement(cik, kind, self.known.get(cik), [*self.refused.get(filing.filing, ()), *moved])
        if asked := self.refused.get(filing.filing):
            return Placement(None, None, None, asked)
        group = self._root(f"filing {filing.filing}")
        cik = self.companies[group].cik
        if cik:
            kinds = {kind for kind, value in filing.links if self._is_shared(f"filing {filing.filing}", (kind, value), group)}
            evidence = next((kind for kind in LINKS if kind in kinds), None)
            return Placement(cik, evidence, self.known.get(cik))
        return self._without_cik(filing, group)

    def _is_shared(self, own: str, link: Link, group: str) -> bool:
        return any(name != own and self._root(name) == group for name in self.holders[link])

    def _without_cik(self, filing: FilingKeys, group: str) -> Placement:
        """The placement of a filing whose CIK nobody states: a key of its own, and what may be asked."""
        company = self.companies[group]
        alone = [link for link in company.links if self._groups_with(link) == [group]]
        if not alone:
            return Placement(None, None, None, [self._ambiguous(filing)])
        own = own_ids(alone)[0]
        evidence = next(kind for kind in LINKS if own_ids([one for one in alone if one[0] == kind])[:1] == [own])
        return Placement(own, evidence, None, [*self._asked(filing, alone), _by_its_own_key(own)])

    def _ciks_with(self, link: Link) -> list[str]:
        return [cik for group in self._groups_with(link) if (cik := self.companies[group].cik)]

    def _ambiguous(self, filing: FilingKeys) -> CompanyQuestion:
        link = min(filing.links, key=lambda one: (LINKS.index(one[0]), one[1]))
        text = next(key.text for key in filing.keys if key.value == link[1])
        companies = " and ".join(self._called(cik) for cik in self._ciks_with(link)) or "several companies"
        reason = f"its {link[0].replace('_', ' ')} {text} is that of {companies}, and nothing else tells"
        return CompanyQuestion(Severity.ERROR, "company_ambiguous", f"{reason}; {_ADVICE}")

    def _asked(self, filing: FilingKeys, alone: Sequence[Link]) -> Iterator[CompanyQuestion]:
        """A question where a key is that of another company, and one where a name is like another's."""
        for link in sorted(filing.links.difference(alone)):
            if ciks := self._ciks_with(link):
                text = next(key.text for key in filing.keys if key.value == link[1])
                others = " and ".join(map(self._called, ciks))
                what = f"its {link[0].replace('_', ' ')} {text} is that of {others} too, which the rest does not bear out"
                yield CompanyQuestion(Severity.WARNING, "company_unsure", f"{what}; {_ADVICE}")
        for name, text in filing.registrants.items():
            if name not in self._names and (near := self._near(name)) is not None:
                message = f"it names {text}, and {self._called(near)} has a name like it: are they one company? {_ADVICE}"
                yield CompanyQuestion(Severity.WARNING, "company_name_near", message)

    def _near(self, name: str) -> str | None:
        """The one CIK whose company has a name like this one."""
        if name not in self._asked_for:
            self._asked_for[name] = self._nearest(name)
        return self._asked_for[name]

    def _nearest(self, name: str) -> str | None:
        misprinted = [
            one for one, *_ in process.extract(name, list(self._names), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=5)
        ]
        longer = [
            other
            for other in self._by_first_word.get(name.partition(" ")[0], ())
            if set(name.split()) <= set(other.split()) or set(other.split()) <= set(name.split())
        ]
        ciks = {cik for other in (*misprinted, *longer) for cik in self._names[other]}
        return ciks.pop() if len(ciks) == 1 else None

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for kind, name in sorted(self.holders):
            if kind == KeyKind.NAME and (ciks := self._ciks_with((kind, name))):
                found[name] = ciks
        return found

    @cached_property
    def _by_first_word(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            found[name.partition(" ")[0]].append(name)
        return found

    def _called(self, cik: str) -> str:
        known = self.known.get(cik)
        return f"{known.name} (CIK {int(cik)})" if known and known.name else f"CIK {int(cik)}"


_ADVICE: Final = (
    "`tieout add FILE --cik N` says which company it is, or a name in `former_names` of data/vocabulary/companies.csv that two"
    " names are one company's"
)


def _in_another_folder(stated: int, folder: int) -> CompanyQuestion:
    message = f"its header says CIK {stated} and its folder {folder}: it is taken for the first; move it where it belongs"
    return CompanyQuestion(Severity.NOTE, "company_folder_differs", message)


def _by_its_own_key(own: str) -> CompanyQuestion:
    message = (
        f"no CIK is known for this company, so it goes by {own}; once a filing, `tieout fetch` or a row of"
        " data/vocabulary/companies.csv tells the CIK, all of its filings go by that"
    )
    return CompanyQuestion(Severity.NOTE, "company_without_cik", message)
