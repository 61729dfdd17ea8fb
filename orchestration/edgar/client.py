"""The HTTP client of EDGAR: every request keeps the rate limit, is retried, and is bounded in time and size.

Belongs here: requests, retries, pauses, redirects, and their counts. Does not belong here: which URLs there are
(`submissions.py`, `companies.py`, `feed.py`), or what is done with a body (`raw_store.py`).

A request without a usable status (429, 403, 5xx, a time-out, a broken connection) is retried after a pause that all processes
keep: as long as `Retry-After` says, else doubled from one attempt to the next. A response that is not what was asked for (an
error page with status 200, a truncated body) is retried fewer times. 404 and redirects to other hosts are final.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urljoin, urlsplit

from orchestration.edgar.bodies import CODINGS, BodyDecoder, TruncatedBodyError, too_large
from orchestration.edgar.errors import EdgarError, NotThereError, RefusedError, UnavailableError
from orchestration.edgar.pace import Pace
from orchestration.edgar.settings import IDENTITY, EdgarSettings

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

MOST_REDIRECTS: Final = 3
LONGEST_BACKOFF: Final = 60.0
TELL_WAITS_FROM: Final = 2.0  # seconds
TURNED_AWAY_AFTER: Final = 2
"""Requests in a row given up for 403 or 429 after which no more are sent: they would prolong EDGAR's block."""
JSON_BYTES: Final = 64 * 1024 * 1024
"""The largest index pages of the largest filers are a few MB."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_BUSY: Final = frozenset({403, 429})
_TRANSIENT: Final = frozenset({408, 425, 500, 502, 503, 504}) | _BUSY

T = TypeVar("T")
Take = Callable[["ResponseBody"], Awaitable[T]]


@dataclass
class RequestCounts:
    """What was sent and received: `requests` includes retries; `bytes` are as transferred, before decoding."""

    requests: int = 0
    bytes: int = 0
    retries: int = 0


class TransientError(Exception):
    """A failure worth a retry. `wait` is `Retry-After` in seconds; `is_content`: a response came and was not usable."""

    def __init__(self, code: str, said: str, wait: float | None = None, *, is_content: bool = False, status: int = 0) -> None:
        super().__init__(said)
        self.code, self.wait, self.is_content, self.status = code, wait, is_content, status


@dataclass
class ResponseBody:
    """A response whose body is being read. `what` names the thing in messages; `length` is its Content-Length."""

    what: str
    length: int | None
    _response: Response
    _counts: RequestCounts
    _seconds: float

    async def blocks(self, limit: int) -> AsyncIterator[bytes]:
        """The decoded bytes, at most `limit` of them.

        Raises `RefusedError` beyond the limit, `TruncatedBodyError` or `TransientError` short of the end.
        """
        coding = self._response.headers.get("Content-Encoding", "")
        if self.length is not None and self.length > limit:
            raise too_large(self.what, limit, self.length)
        decoder, began = BodyDecoder(coding, limit, self.what), time.monotonic()
        async for raw in self._response.aiter_raw():
            self._counts.bytes += len(raw)
            if time.monotonic() - began > self._seconds:
                raise TransientError("too_slow", f"its body did not come within {self._seconds:.0f} s", is_content=True)
            for block in decoder.feed(raw):
                yield block
        decoder.end()


class EdgarClient:
    """An asynchronous context manager. `on_wait` is called with a message before each wait of two seconds or more."""

    def __init__(self, settings: EdgarSettings, on_wait: Callable[[str], None] = lambda _: None) -> None:
        self.settings = settings
        self._on_wait = on_wait
        self.counts = RequestCounts()
        self.pace = Pace(settings.pace_file, settings.per_second, settings.longest_wait)
        self._turned_away = 0
        self._http: AsyncClient | None = None

    async def __aenter__(self) -> EdgarClient:
        import httpx  # noqa: PLC0415

        settings = self.settings
        self._http = httpx.AsyncClient(
            headers={"User-Agent": settings.identity, "Accept-Encoding": CODINGS, "Accept": "*/*"},
            timeout=httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds),
            limits=httpx.Limits(max_connections=settings.workers, max_keepalive_connections=settings.workers),
            follow_redirects=False,
            trust_env=not settings.is_loopback,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.aclose()

    async def json(self, url: str, what: str) -> Any:
        """The JSON at a URL. Raises `EdgarError`."""
        import orjson  # noqa: PLC0415

        async def take(body: ResponseBody) -> Any:
            whole = b"".join([block async for block in body.blocks(JSON_BYTES)])
            try:
                return orjson.loads(whole)
            except orjson.JSONDecodeError as error:
                page = "an HTML page" if whole[:512].lstrip()[:1] == b"<" else f"no JSON ({error})"
                raise TransientError("not_json", f"came as {page} with status 200", is_content=True) from error

        return await self.get(url, what, take)

    async def text(self, url: str, what: str, limit: int) -> bytes:
        """The bytes at a URL, at most `limit` of them. Raises `EdgarError`."""

        async def take(body: ResponseBody) -> bytes:
            return b"".join([block async for block in body.blocks(limit)])

        return await self.get(url, what, take)

    async def get(self, url: str, what: str, take: Take[T]) -> T:
        """What `take` returns for the body at a URL; it is called anew for each attempt. Raises `EdgarError`."""
        failures = {True: 0, False: 0}  # by `TransientError.is_content`
        while True:
            if self._turned_away >= TURNED_AWAY_AFTER:
                raise UnavailableError("turned_away", f"{what}: was not asked for, as EDGAR turned us away before. {_AWAY}")
            try:
                done = await self._once(url, what, take)
            except TransientError as trouble:
                failures[trouble.is_content] += 1
                await self._again(trouble, what, url, failures[trouble.is_content])
            else:
                self._turned_away = 0
                return done

    async def _again(self, trouble: TransientError, what: str, url: str, failures: int) -> None:
        """Wait for the next attempt. Raises where there is none left."""
        settings = self.settings
        allowed = settings.content_attempts if trouble.is_content else settings.attempts
        is_too_long = trouble.wait is not None and trouble.wait > settings.longest_wait
        if is_too_long and trouble.wait is not None:
            self.pace.pause(trouble.wait)
        if failures >= allowed or is_too_long:
            raise self._given_up(trouble, what, url, failures)
        self.counts.retries += 1
        wait = trouble.wait
        if wait is None:
            wait = min(settings.backoff * 2.0 ** (failures - 1), LONGEST_BACKOFF) * random.uniform(1.0, 1.25)  # noqa: S311
        if wait >= TELL_WAITS_FROM:
            self._on_wait(f"waits {wait:.0f} s: {trouble}")
        if trouble.status in _BUSY or trouble.wait is not None:
            self.pace.pause(wait)  # of all processes: EDGAR would refuse their requests too
        else:
            await asyncio.sleep(wait)

    def _given_up(self, trouble: TransientError, what: str, url: str, failures: int) -> EdgarError:
        tries = f"{failures} attempt{'s' if failures > 1 else ''}"
        if trouble.is_content:
            return RefusedError(trouble.code, f"{what}: {trouble}, in {tries}; it was not kept ({url})", may_pass=True)
        if trouble.status in _BUSY:
            self._turned_away += 1
            return UnavailableError(trouble.code, f"{what}: {trouble}, in {tries} ({url}). {_AWAY}")
        return UnavailableError(trouble.code, f"{what}: {trouble}, in {tries} ({url}); run it again later")

    async def _once(self, url: str, what: str, take: Take[T]) -> T:
        import httpx  # noqa: PLC0415

        seen = 0
        while True:
            await self.pace.turn()
            try:
                async with self._answer(url) as response:
                    status = response.status_code
                    if status not in _REDIRECTS:
                        return await self._taken(response, what, url, take)
                    seen += 1
                    url = _redirect_target(url, response.headers.get("Location", ""), what, seen)
            except TruncatedBodyError as trouble:
                raise TransientError("cut_off", str(trouble), is_content=True) from trouble
            except httpx.TimeoutException as error:
                raise TransientError("timed_out", f"EDGAR did not answer in time ({type(error).__name__})") from error
            except httpx.RemoteProtocolError as error:
                raise TransientError("cut_off", f"the transfer broke off ({error})", is_content=True) from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise TransientError("no_connection", f"no connection ({error or type(error).__name__})") from error

    @asynccontextmanager
    async def _answer(self, url: str) -> AsyncIterator[Response]:
        if self._http is None:
            raise RuntimeError("the conversation is not open: use `async with Edgar(...)`")
        self.counts.requests += 1
        async with self._http.stream("GET", url) as response:
            yield response

    async def _taken(self, response: Response, what: str, url: str, take: Take[T]) -> T:
        status = response.status_code
        if status in (404, 410):
            raise NotThereError("not_there", f"{what}: EDGAR has no such thing (status {status}, {url})")
        if status in _TRANSIENT:
            wait = _retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
            asked = f" and asked to wait {wait:.0f} s" if wait is not None else ""
            raise TransientError(f"status_{status}", f"EDGAR answered {status}{asked}", wait, status=status)
        if status != 200:
            raise RefusedError(f"status_{status}", f"{what}: EDGAR answered {status}, which means nothing here ({url})")
        length = response.headers.get("Content-Length", "")
        body = ResponseBody(
            what,
            int(length) if length.isascii() and length.isdigit() and len(length) < 20 else None,
            response,
            self.counts,
            self.settings.body_seconds,
        )
        return await take(body)


_AWAY: Final = (
    "Either too many requests came from this network, and the block is lifted after ten minutes without any; or"
    f" {IDENTITY} is not accepted. What is there is not fetched again: run it again later"
)


def _redirect_target(url: str, location: str, what: str, seen: int) -> str:
    """The target of a redirect. Raises `RefusedError` for one to another scheme or host, and for too many in a row."""
    target = urljoin(url, location)
    here, there = urlsplit(url), urlsplit(target)
    if not location or (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise RefusedError(
            "redirect_refused",
            f"{what}: EDGAR sends us on to {target[:200]!r}, another place than {here.scheme}://{here.netloc}; not followed",
        )
    if seen > MOST_REDIRECTS:
        raise RefusedError("redirect_refused", f"{what}: EDGAR sent us on more than {MOST_REDIRECTS} times ({url})")
    return target


def _retry_after(said: str | None, now: datetime) -> float | None:
    """The seconds that `Retry-After` asks for: a number of them or an HTTP date (RFC 9110, 10.2.3); None where neither."""
    if said is None:
        return None
    said = said.strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
