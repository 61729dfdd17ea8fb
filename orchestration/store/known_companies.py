"""The companies whose CIK is known outside the filings: `companies.csv`, and what `tieout fetch` learnt of each.

Belongs here: the form of both, and putting them together. Does not belong here: which filing is of which company
(`filings/company/identity.py`), asking EDGAR (`edgar/`).

What a fetch learns lies beside the filings, as `<raw>/<CIK>/company.json`: two raw folders know their own companies, and a
file under version control is never written to. A field of `companies.csv` goes before one of EDGAR; lists are put together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from orchestration.filings.company.stated import KnownCompany
from orchestration.filings.records import Problem, Severity
from orchestration.filings.vocabulary import rows
from orchestration.store import files

COMPANY_FILE: Final = "company.json"
MAX_COMPANY_BYTES: Final = 100_000
MAX_LISTED: Final = 100
"""Names or tickers of one company: EDGAR's oldest companies have a dozen."""
MAX_CHARS: Final = 200
_CIK: Final = re.compile(r"\d{10}")


@dataclass(frozen=True, slots=True)
class KnownCompanies:
    """Known companies by CIK, and a problem for each file that should hold one and does not."""

    companies: tuple[KnownCompany, ...] = ()
    problems: tuple[Problem, ...] = ()


def known_companies(raw: Path) -> KnownCompanies:
    """The companies of `companies.csv` and of a raw folder. Raises `VocabularyError` for a malformed `companies.csv`."""
    found = {one.company_id: one for one in of_vocabulary()}
    problems = []
    for path in sorted(raw.glob(f"*/{COMPANY_FILE}")):
        learnt = _read(raw, path)
        if isinstance(learnt, Problem):
            problems.append(learnt)
        else:
            own = found.get(learnt.company_id)
            found[learnt.company_id] = _together(own, learnt) if own else learnt
    return KnownCompanies(tuple(found[cik] for cik in sorted(found)), tuple(problems))


def of_vocabulary() -> Iterator[KnownCompany]:
    """The companies of `companies.csv` with a CIK, one a CIK: rows of one are put together."""
    found: dict[str, KnownCompany] = {}
    for row in rows("companies"):
        cik = row["company_id"].strip()
        if cik.isascii() and cik.isdigit() and len(cik) <= 10:
            one = _of_row(cik.zfill(10), row)
            found[one.company_id] = _together(found[one.company_id], one) if one.company_id in found else one
    yield from found.values()


def company_of_ticker(ticker: str, companies: KnownCompanies) -> list[KnownCompany]:
    """The companies that have a ticker on some exchange."""
    wanted = ticker.upper().replace(".", "-")
    return [one for one in companies.companies if any(value.endswith(f":{wanted}") for _, value in one.links)]


def learnt(company: KnownCompany, raw: Path) -> bool:
    """Write what EDGAR says of a company into its folder; whether that is new.

    What it said before stays: EDGAR drops the tickers of a company that is no longer traded.
    """
    path = raw / company.company_id / COMPANY_FILE
    before = _read(raw, path) if path.is_file() else None
    together = _together(company, before) if isinstance(before, KnownCompany) else company
    if together == before:
        return False
    with files.atomic_write(path, path.with_name(f".part-{path.name}")) as file:
        file.write(json.dumps(asdict(together), indent=2, ensure_ascii=False).encode() + b"\n")
    return True


def as_json(known: KnownCompanies) -> dict[str, object]:
    """Known companies as plain JSON, for the folder of a build."""
    return {"companies": [asdict(one) for one in known.companies], "problems": [asdict(one) for one in known.problems]}


def from_json(body: Mapping[str, Any]) -> KnownCompanies:
    """The known companies that `as_json` wrote."""
    companies = tuple(KnownCompany(**{key: _plain(item) for key, item in one.items()}) for one in body["companies"])
    return KnownCompanies(companies, tuple(Problem(**one) for one in body["problems"]))


def _of_row(cik: str, row: Mapping[str, str]) -> KnownCompany:
    exchange = row["exchange"].strip()
    return KnownCompany(
        cik,
        name=row["company_name"].strip(),
        former_names=_list(row.get("former_names")),
        tickers=tuple(f"{exchange}: {ticker}" for ticker in _list(row["ticker"])),
        file_numbers=_list(row["commission_file_number"]),
        fiscal_year_end=(row.get("fiscal_year_end") or "").strip(),
        sic=(row.get("sic") or "").strip(),
        source=row["source"].strip(),
    )


def _list(said: str | None) -> tuple[str, ...]:
    return tuple(part for one in (said or "").split("|") if (part := one.strip()))


def _together(first: KnownCompany, second: KnownCompany) -> KnownCompany:
    """Two accounts of one company; where they differ in a single fact, the first is right."""
    names = [second.name] if second.name and first.name and second.name != first.name else []
    single = ("name", "irs_number", "fiscal_year_end", "sic", "source")
    return replace(
        first,
        tickers=tuple(dict.fromkeys([*first.tickers, *second.tickers])),
        file_numbers=tuple(dict.fromkeys([*first.file_numbers, *second.file_numbers])),
        former_names=tuple(dict.fromkeys([*first.former_names, *names, *second.former_names])),
        **{name: getattr(first, name) or getattr(second, name) for name in single},
    )


def _read(raw: Path, path: Path) -> KnownCompany | Problem:
    source = path.relative_to(raw).as_posix()
    try:
        is_own = path.resolve(strict=True).is_relative_to(raw.resolve()) and path.is_file()
        body = json.loads(path.read_text(encoding="utf-8")) if is_own and path.stat().st_size <= MAX_COMPANY_BYTES else None
    except (OSError, ValueError, RecursionError):
        body = None
    found = _checked(body) if isinstance(body, dict) else None
    if found is not None and found.company_id == path.parent.name.zfill(10):
        return found
    text = (
        f"{source} does not hold what `tieout fetch` writes there and was passed over; remove it and fetch the company again."
    )
    return Problem("", Severity.WARNING, "company_file_unreadable", text)


def _checked(body: Mapping[str, Any]) -> KnownCompany | None:
    """The company of a file; None for anything that a fetch does not write."""
    empty = KnownCompany("")
    kept = {name: _plain(body.get(name, plain)) for name, plain in asdict(empty).items()}
    if any(type(kept[name]) is not type(plain) for name, plain in asdict(empty).items()):
        return None
    texts = [text for item in kept.values() for text in (item if isinstance(item, tuple) else (item,))]
    if len(texts) > MAX_LISTED or any(not isinstance(text, str) or len(text) > MAX_CHARS for text in texts):
        return None
    return KnownCompany(**kept) if _CIK.fullmatch(kept["company_id"]) else None


def _plain(item: Any) -> Any:
    return tuple(item) if isinstance(item, list) else item
