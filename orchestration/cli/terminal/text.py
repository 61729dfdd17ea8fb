"""Text and numbers as they may go to a terminal.

Belongs here: making text harmless, and writing numbers. Does not belong here: tables (`rows.py`), or any kind of answer.
Standard library alone, so that importing it is free.
"""

from __future__ import annotations

import re
from decimal import Decimal

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: object) -> str:
    """Text of a filing, fit for a terminal: no control character, no change of writing direction."""
    return _UNSAFE.sub("\ufffd", str(text).replace("\t", "    "))


def exact(number: Decimal) -> str:
    """A decimal as the shortest literal of exactly that number: `15000000`, `-0.27`."""
    literal = format(number, "f")
    return literal.rstrip("0").rstrip(".") if "." in literal else literal


def grouped(number: Decimal | None) -> str:
    """A number for people: `15,000,000`, `-0.27`; a dot where there is none."""
    if number is None:
        return "."
    whole, _, fraction = exact(number).partition(".")
    return f"{int(whole):,}" if not fraction else f"{'-' if whole.startswith('-') else ''}{abs(int(whole)):,}.{fraction:0<2}"
