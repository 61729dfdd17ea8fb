"""Answers as JSON, one object a line.

Belongs here: how types that JSON lacks are written. Does not belong here: which fields an answer has.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson

from orchestration.cli.terminal.text import exact

_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS


def json_line(item: object) -> bytes:
    """One object as a line of JSON: decimals exact numbers, dates ISO 8601, bytes in hexadecimal digits."""
    return orjson.dumps(item, default=_default, option=_OPTIONS)


def _default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(exact(value).encode())
    return value.hex() if isinstance(value, bytes) else str(value)
