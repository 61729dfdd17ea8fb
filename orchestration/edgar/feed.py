"""EDGAR's feed of current filings: the newest 8-Ks and their filers.

Belongs here: the form of the feed and how far back to read it. Does not belong here: what is done about a filing (`defs/`).

The feed is Atom in ISO 8859-1, newest first, by pages. A filing has one entry for each filer; its title ends in the filer's
name, CIK and role, as in `8-K - NAME (0000855654) (Filer)`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from orchestration.edgar.client import EdgarClient
from orchestration.edgar.errors import RefusedError
from orchestration.edgar.submissions import FORMS, is_accession

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PAGE: Final = 100
MOST_PAGES: Final = 10
FEED_BYTES: Final = 8 * 1024 * 1024

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_TITLE_END: Final = re.compile(r"\((?P<cik>\d{10})\)\s*\((?P<part>[A-Za-z ]{1,40})\)\s*\Z")
_ID: Final = re.compile(r"accession-number=(?P<number>[\d-]{20})\s*\Z")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An 8-K or 8-K/A of the feed. `cik` has ten digits."""

    accession: str
    cik: str
    form: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of the feed that were not seen before, newest first. `has_gap`: there were more than can be read back."""

    entries: tuple[FeedEntry, ...]
    has_gap: bool


async def read_feed(edgar: EdgarClient, seen: Collection[str]) -> Feed:
    """The 8-Ks newer than the accession numbers `seen`; with none seen, those of the first page. Raises `EdgarError`."""
    found: dict[tuple[str, str], FeedEntry] = {}
    for page in range(MOST_PAGES):
        asked = {"action": "getcurrent", "type": "8-K", "start": page * PAGE, "count": PAGE, "output": "atom"}
        url = f"{edgar.settings.base_url}/cgi-bin/browse-edgar?{urlencode(asked)}"
        entries, size = parse(await edgar.text(url, "the feed of current filings", FEED_BYTES))
        is_met = any(one.accession in seen for one in entries)
        found |= {(one.accession, one.cik): one for one in entries if one.accession not in seen}
        if is_met or not seen or size < PAGE:
            return Feed(tuple(found.values()), has_gap=False)
    return Feed(tuple(found.values()), has_gap=True)


def parse(body: bytes) -> tuple[list[FeedEntry], int]:
    """The 8-Ks of a page, and how many entries of any form it has. Raises `RefusedError` for what is no such feed.

    A document that declares entities is refused unparsed: the feed has none, and they can make XML expand without bound.
    """
    from xml.etree import ElementTree  # noqa: PLC0415

    what = "the feed of current filings"
    if b"<!DOCTYPE" in body[:4096].upper() or b"<!ENTITY" in body.upper():
        raise RefusedError("not_a_feed", f"{what}: came as a page or with declarations that it never has; not read")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - declarations are refused above
    except ElementTree.ParseError as error:
        raise RefusedError("not_a_feed", f"{what}: is no XML ({error})") from error
    if root.tag != f"{_ATOM}feed":
        raise RefusedError("not_a_feed", f"{what}: is no Atom feed but {root.tag[:60]!r}")
    entries = root.findall(f"{_ATOM}entry")
    return [one for entry in entries if (one := _current(entry)) is not None], len(entries)


def _current(entry: Element) -> FeedEntry | None:
    """An entry that is an 8-K; None for another form, and where CIK or accession number is missing."""
    category = entry.find(f"{_ATOM}category")
    form = category.get("term", "") if category is not None else ""
    title = _TITLE_END.search(entry.findtext(f"{_ATOM}title") or "")
    number = _ID.search(entry.findtext(f"{_ATOM}id") or "")
    if form not in FORMS or not title or not number or not is_accession(number["number"]):
        return None
    return FeedEntry(number["number"], title["cik"], form)
