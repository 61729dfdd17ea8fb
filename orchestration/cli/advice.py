"""Commands that a message advises, with the paths that the present command was given.

Belongs here: putting `--raw` and `--warehouse` into them. Does not belong here: the advice itself. It is written where it is
known what to do, often far from any path, and stored in warehouses, which may lie anywhere: so it names the command alone.
"""

from __future__ import annotations

import os
import re
import shlex
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from orchestration.store.paths import RAW, WAREHOUSE

RAW_VARIABLE: Final = "TIEOUT_RAW"
WAREHOUSE_VARIABLE: Final = "TIEOUT_WAREHOUSE"
_COMMAND: Final = re.compile(r"`tieout (?P<name>add|build|explain|fetch|gate|sql)(?P<rest>[ `])(?!--raw|--warehouse)")
_OPTIONS: Final = {
    "add": ("--raw",),
    "build": ("--raw", "--warehouse"),
    "explain": ("--warehouse", "--raw"),
    "fetch": ("--raw",),
    "gate": ("--warehouse",),
    "sql": ("--warehouse",),
}
_in_use: ContextVar[dict[str, Path]] = ContextVar("in_use")


def raw_in_use(given: Path | None) -> Path | None:
    """Remember the raw folder of this command; as the callback of its option, it gives back what it is given."""
    return _remember("--raw", given, RAW, RAW_VARIABLE)


def warehouse_in_use(given: Path | None) -> Path | None:
    """Remember the warehouse of this command; as the callback of its option, it gives back what it is given."""
    return _remember("--warehouse", given, WAREHOUSE, WAREHOUSE_VARIABLE)


def advised(text: str, warehouse: Path | None = None) -> str:
    """A text with the paths in use put into each command that it advises between backticks.

    `warehouse` is another one to ask than the command was given, such as a build that failed. Paths that the advised command
    would take by itself are left out.
    """
    paths = _in_use.get({}) | ({"--warehouse": warehouse} if warehouse else {})

    def completed(found: re.Match[str]) -> str:
        options = [part for option in _OPTIONS[found["name"]] if option in paths for part in (option, str(paths[option]))]
        return f"`tieout {shlex.join([found['name'], *options])}{found['rest']}"

    return _COMMAND.sub(completed, text)


def _remember(option: str, given: Path | None, default: Path, variable: str) -> Path | None:
    own = Path(os.environ.get(variable) or default).absolute()
    others = {name: path for name, path in _in_use.get({}).items() if name != option}
    _in_use.set(others | ({option: given} if given and given.absolute() != own else {}))
    return given
