"""The watchlist, `data/companies.yml`: the companies that Dagster fetches.

Belongs here: the form of that file, and errors that say which entry of it is wrong. Does not belong here: fetching, or when it
is done (`defs/`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from orchestration.edgar.companies import as_cik
from orchestration.edgar.errors import EdgarSetupError
from orchestration.store.paths import ROOT

FIRST_YEAR: Final = 2003
"""Item 12 began in March 2003; no earlier 8-K is known by its items to be an earnings release."""
_KEYS: Final = {"cik", "name", "since", "follow"}
_FORM: Final = "it is a list under `companies:`, each with `cik:` and, where wanted, `name:`, `since:` and `follow:`"


@dataclass(frozen=True, slots=True)
class WatchedCompany:
    """A company of the watchlist. `cik` has ten digits; `since` is a year; `follow`: new filings are looked for."""

    cik: str
    name: str = ""
    since: int = FIRST_YEAR
    follow: bool = False


def watchlist_path() -> Path:
    """`data/companies.yml`, or what `TIEOUT_COMPANIES` names."""
    given = os.environ.get("TIEOUT_COMPANIES", "")
    return Path(given).absolute() if given else ROOT / "data" / "companies.yml"


def read_watchlist(path: Path | None = None) -> tuple[WatchedCompany, ...]:
    """The companies of the file, in its order; none where there is no file. Raises `EdgarSetupError` for a mistake in it.

    A file that `TIEOUT_COMPANIES` names must be there.
    """
    import yaml  # noqa: PLC0415

    path = path or watchlist_path()
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if path == watchlist_path() and os.environ.get("TIEOUT_COMPANIES"):
            raise EdgarSetupError(
                f"{path}: there is no such file, and TIEOUT_COMPANIES names it; correct the path, or unset the variable"
            ) from None
        return ()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise EdgarSetupError(f"{path} cannot be read: {' '.join(str(error).split())}; {_FORM}") from error
    unknown = sorted(str(key) for key in body if key != "companies") if isinstance(body, dict) else []
    if unknown:
        raise EdgarSetupError(f"{path}: {', '.join(unknown)} means nothing at the top; write `companies:` there; {_FORM}")
    rows = body.get("companies") if isinstance(body, dict) else body
    if rows is None:
        return ()
    if not isinstance(rows, list):
        raise EdgarSetupError(f"{path} is not what it should be: {_FORM}")
    found = [_company(path, number, row) for number, row in enumerate(rows, 1)]
    twice = {one.cik for one in found if sum(other.cik == one.cik for other in found) > 1}
    if twice:
        raise EdgarSetupError(f"{path} has CIK {', '.join(sorted(twice))} more than once; leave one")
    return tuple(found)


def _company(path: Path, number: int, row: Any) -> WatchedCompany:
    where = f"{path}, company {number}"
    if not isinstance(row, Mapping) or "cik" not in row:
        raise EdgarSetupError(f"{where}: has no `cik:`; {_FORM}")
    unknown = sorted(str(key) for key in set(row) - _KEYS)
    if unknown:
        raise EdgarSetupError(f"{where}: {', '.join(unknown)} means nothing here; {_FORM}")
    cik = as_cik(str(row["cik"])) if isinstance(row["cik"], (int, str)) and not isinstance(row["cik"], bool) else None
    if cik is None:
        raise EdgarSetupError(f"{where}: {row['cik']!r} is no CIK (up to ten digits; leading zeros need quotation marks)")
    since, follow = row.get("since", FIRST_YEAR), row.get("follow", False)
    if not isinstance(since, int) or isinstance(since, bool) or not FIRST_YEAR <= since <= 2100:
        raise EdgarSetupError(f"{where}: `since: {since}` is no year from {FIRST_YEAR} on")
    if not isinstance(follow, bool):
        raise EdgarSetupError(f"{where}: `follow: {follow}` is neither true nor false")
    return WatchedCompany(cik, str(row.get("name") or ""), since, follow)
