"""The settings of fetching: identity, hosts, rate, retries and time-outs.

Belongs here: reading them from the environment and checking them. Does not belong here: the requests (`client.py`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from orchestration.edgar.errors import EdgarSetupError

IDENTITY: Final = "TIEOUT_EDGAR_IDENTITY"
BASE_URL: Final = "https://www.sec.gov"
DATA_URL: Final = "https://data.sec.gov"
MOST_PER_SECOND: Final = 9.0
USUAL_PER_SECOND: Final = 8.0
"""Below EDGAR's limit of 10 a user, over all machines: it is counted where requests arrive, less evenly than they were sent.
 https://www.sec.gov/search-filings/edgar-search-assistance/accessing-edgar-data"""

_CONTACT: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PLAIN: Final = re.compile(r"[\x20-\x7e]+")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class EdgarSettings:
    """How EDGAR is asked. Times in seconds.

    `state` is the folder of the rate limit that all processes of this user share. `attempts` are for requests without a usable
    status, `content_attempts` for responses that are not what was asked for. A wait above `longest_wait` is an error instead;
    `body_seconds` is the longest that one body may take.
    """

    identity: str
    state: Path
    base_url: str = BASE_URL
    data_url: str = DATA_URL
    per_second: float = USUAL_PER_SECOND
    workers: int = 4
    attempts: int = 5
    content_attempts: int = 3
    backoff: float = 1.0
    longest_wait: float = 600.0
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    body_seconds: float = 300.0

    @property
    def is_loopback(self) -> bool:
        """Whether both hosts are this machine: then no proxy of the environment is used."""
        return {urlsplit(self.base_url).hostname, urlsplit(self.data_url).hostname} <= _LOOPBACK

    @property
    def pace_file(self) -> Path:
        """The file of the rate limit: one for both hosts."""
        return self.state / f"edgar-{re.sub(r'[^a-z0-9.]+', '-', urlsplit(self.base_url).netloc.lower())}.pace"


def from_environment(environment: Mapping[str, str] | None = None) -> EdgarSettings:
    """The settings of the environment. Raises `EdgarSetupError` for a missing identity or a wrong value."""
    given = os.environ if environment is None else environment
    return EdgarSettings(
        identity=_identity(given.get(IDENTITY, "")),
        state=_state(given),
        base_url=_address("EDGAR_BASE_URL", given.get("EDGAR_BASE_URL", "") or BASE_URL),
        data_url=_address("EDGAR_DATA_URL", given.get("EDGAR_DATA_URL", "") or DATA_URL),
        per_second=_rate(given.get("TIEOUT_EDGAR_RATE", "")),
    )


def _identity(said: str) -> str:
    identity = said.strip()
    if not identity:
        raise EdgarSetupError(
            f"{IDENTITY} is not set, and EDGAR answers nobody it cannot write to; nothing was asked. Name yourself and an"
            f' e-mail address: export {IDENTITY}="Jane Doe jane.doe@example.com"'
        )
    if not _CONTACT.search(identity) or not _PLAIN.fullmatch(identity) or len(identity) > 200:
        raise EdgarSetupError(
            f"{IDENTITY} must be a name and an e-mail address in plain ASCII, at most 200 characters, such as"
            f' "Jane Doe jane.doe@example.com"; nothing was asked'
        )
    return identity


def _address(name: str, url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise EdgarSetupError(f"{name} must be an address such as https://www.sec.gov, not {url!r}; nothing was asked")
    return url.strip().rstrip("/")


def _rate(said: str) -> float:
    if not said.strip():
        return USUAL_PER_SECOND
    try:
        rate = float(said)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= MOST_PER_SECOND:
        raise EdgarSetupError(
            f"TIEOUT_EDGAR_RATE must be requests a second, at most {MOST_PER_SECOND:.0f} (EDGAR allows 10), not {said!r}"
        )
    return rate


def _state(given: Mapping[str, str]) -> Path:
    """The state folder: of the user, not of a clone, as EDGAR counts all requests of a user."""
    named = given.get("TIEOUT_STATE", "")
    if named:
        return Path(named).absolute()
    home = given.get("XDG_STATE_HOME", "")
    try:
        return (Path(home) if home else Path.home() / ".local" / "state").absolute() / "tieout"
    except RuntimeError as error:
        raise EdgarSetupError("you have no home folder to keep EDGAR's pace in; name a folder with TIEOUT_STATE") from error
