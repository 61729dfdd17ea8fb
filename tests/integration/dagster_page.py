"""The real Dagster page in a real browser: `dagster dev` on 127.0.0.1, headless Chromium over its debugging protocol.

Belongs here: starting and stopping both, waiting for the page to show something, taking its picture. Does not belong here:
what the page must show (`test_dagster_page.py`). Run as a program it takes the picture for the README: `make picture`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS, PAGE_SECONDS = 120, 60
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
)  # fmt: skip


def find_browser() -> str | None:
    """The browser of this machine, None where there is none."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], log: Path, environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A program and the processes it starts, ended together at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def fetch(url: str) -> Any:
    """The JSON behind a local URL."""
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - 127.0.0.1 alone
        return json.load(answer)


@contextlib.contextmanager
def dagster_dev(dagster_home: Path) -> Iterator[str]:
    """`dagster dev` as `make dev` starts it, yielding its address once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = dagster_home / "dagster-dev.log"
    command = [str(Path(sys.executable).parent / "dagster"), "dev", "--host", "127.0.0.1", "--port", str(port)]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    with running(command, log, os.environ | {"DAGSTER_HOME": str(dagster_home), "PATH": path}) as process:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                fetch(f"{address}/server_info")
                break
            except (urllib.error.URLError, OSError):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"dagster dev did not come up:\n{log.read_text()[-4000:]}") from None
                time.sleep(0.5)
        yield address


class Page:
    """A browser page: go somewhere, wait for words, take a picture."""

    def __init__(self, socket_: ClientConnection) -> None:
        self._socket = socket_
        self._last = 0

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command of the protocol, return its result."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(PAGE_SECONDS))
            if message.get("id") == self._last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return dict(message["result"])

    def go(self, url: str) -> None:
        """Open a page."""
        self.command("Page.navigate", url=url)

    def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression on the page."""
        return self.command("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def text(self) -> str:
        """What a reader of the page sees."""
        return str(self.evaluate("document.body ? document.body.innerText : ''"))

    def wait_for(self, *words: str) -> str:
        """The text of the page once all words are on it. Raises TimeoutError with what was there instead."""
        deadline = time.monotonic() + PAGE_SECONDS
        while True:
            seen = self.text()
            missing = [word for word in words if word not in seen]
            if not missing:
                return seen
            if time.monotonic() > deadline:
                raise TimeoutError(f"the page never showed {missing}; it shows:\n{seen[:3000]}")
            time.sleep(0.3)

    def picture(self, file: Path) -> None:
        """The page as PNG."""
        file.write_bytes(base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"]))


@contextlib.contextmanager
def browser(width: int = 1800, height: int = 1000) -> Iterator[Page]:
    """A page of a new headless browser with an empty profile. Raises FileNotFoundError where there is no browser."""
    program = find_browser()
    if program is None:
        raise FileNotFoundError(f"none of {', '.join(BROWSERS)} is installed (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *FLAGS, f"--window-size={width},{height}", f"--user-data-dir={profile}/data", "about:blank"]
        with running(command, Path(profile, "log")) as process:
            port = _debugging_port(Path(profile, "data", "DevToolsActivePort"), process, Path(profile, "log"))
            target = next(page for page in fetch(f"http://127.0.0.1:{port}/json") if page["type"] == "page")
            with connect(target["webSocketDebuggerUrl"], max_size=None) as socket_:
                yield Page(socket_)


def _debugging_port(file: Path, process: subprocess.Popen[bytes], log: Path) -> int:
    deadline = time.monotonic() + PAGE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if file.exists() and (lines := file.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.1)
    raise RuntimeError(f"the browser did not come up:\n{log.read_text()[-2000:]}")


GROUPS = ("filings", "staging", "vocabulary", "intermediate", "marts", "publication")


def asset_graph(page: Page, address: str) -> str:
    """Open the asset graph, wait until it is drawn and knows the state of every group, and return the words on it."""
    page.go(f"{address}/server_info")
    page.wait_for("dagster")
    # Dagster greets a new browser with an invitation to its newsletter, over the page.
    page.evaluate("localStorage.setItem('communityNux', '\"1\"')")
    page.go(f"{address}/asset-groups")
    page.wait_for("Global asset lineage", *GROUPS)
    deadline = time.monotonic() + PAGE_SECONDS
    while "fetching statuses" in page.text() and time.monotonic() < deadline:
        time.sleep(0.3)
    time.sleep(1)  # the lines between the groups fade in
    return page.text()


def main() -> None:
    """`make picture`: the asset graph of DAGSTER_HOME, where a build should have run, as PNG."""
    with dagster_dev(Path(os.environ["DAGSTER_HOME"])) as address, browser() as page:
        asset_graph(page, address)
        page.picture(Path(sys.argv[1]))
    print(f"picture: {sys.argv[1]}")


if __name__ == "__main__":
    main()
