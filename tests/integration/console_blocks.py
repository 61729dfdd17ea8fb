"""The `console` blocks of the README and of docs/: finding them, running them, bringing them up to date.

A block holds commands after `$ `, each followed by what it prints to stdout. A block whose output cannot be the same twice
is preceded by an HTML comment `<!-- not compared: reason -->`. `make docs` runs this module to write the real outputs into
the pages; the tests run the same and compare.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(?P<note><!-- not compared: [^>]+ -->\n)?```console\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A block of a file: its text, where it stands, whether its output is compared."""

    file: Path
    line: int
    body: str
    is_compared: bool

    @property
    def commands(self) -> list[str]:
        """The commands, without the prompt; a line that ends in a backslash goes on."""
        joined = re.sub(r"\\\n> ?", "", self.body)
        return [line.removeprefix("$ ") for line in joined.splitlines() if line.startswith("$ ")]


def documents() -> list[Path]:
    """The pages whose commands must be true."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks() -> Iterator[Block]:
    """Every `console` block of every page."""
    for file in documents():
        text = file.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            yield Block(file, text.count("\n", 0, match.start("body")), match["body"], match["note"] is None)


def run(body: str, **environment: str) -> str:
    """The block as it would look now: each command with what it prints. A command that fails prints its stderr, too."""
    lines = []
    for command in Block(ROOT, 0, body, True).commands:
        done = subprocess.run(
            ["bash", "-c", command],
            check=False,
            cwd=ROOT,
            env=os.environ
            | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "NO_COLOR": "1", "COLUMNS": "200"}
            | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        told = done.stdout + (done.stderr if done.returncode else "")
        lines += [f"$ {command}", *(line.rstrip() for line in told.strip("\n").splitlines())]
    return "\n".join(lines) + "\n"


def refresh() -> None:
    """Write the real output of every compared block into its page."""
    for file in documents():
        text = file.read_text(encoding="utf-8")
        renewed = BLOCK.sub(lambda match: match[0] if match["note"] else f"```console\n{run(match['body'])}```", text)
        if renewed != text:
            file.write_text(renewed, encoding="utf-8")
            print(f"brought up to date: {file.relative_to(ROOT)}")


if __name__ == "__main__":
    refresh()
