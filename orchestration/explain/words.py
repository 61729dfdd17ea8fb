"""Words as a person types them, compared with names, and names as a list in a sentence.

Belongs here: comparing and listing. Does not belong here: what the names are of. Standard library alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def plain(text: str) -> str:
    """Lower-case words and digits alone, `camelCase` and `snake_case` taken apart."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", split.lower()))


def singular(text: str) -> str:
    """Plain words, each without the ending of its plural: `Total revenues` and `total revenue` are the same."""
    return " ".join(re.sub(r"(?<=[a-z]{2})(?<!s)s$", "", re.sub(r"ies$", "y", word)) for word in plain(text).split())


def squeezed(text: str) -> str:
    """Lower-case letters and digits alone: `ImmunoGen, Inc.` is `immunogeninc`, `0-17999` is `017999`."""
    return plain(text).replace(" ", "")


def is_short_for(asked: str, title: str) -> bool:
    """Whether `asked` is the initials of a title's first words with `&` for its `and`, as `R&D` or `SG&A`."""
    if not re.fullmatch(r"[A-Za-z]{1,3}\s?&\s?[A-Za-z]", asked.strip()):
        return False
    initials = "".join("&" if word == "and" else word[0] for word in re.findall(r"[a-z]+", title.lower()))
    return initials.startswith(re.sub(r"\s", "", asked).lower())


def listed(names: Iterable[str], most: int = 12) -> str:
    """At most `most` names, parted by commas, and how many more there are."""
    shown = list(names)
    if not shown:
        return "nothing"
    return ", ".join(shown[:most]) + (f" and {len(shown) - most} more" if len(shown) > most else "")


def closest(asked: str, names: Sequence[str]) -> str:
    """The names that are spelled much like what was asked, else all of them, as a sentence without its full stop."""
    close = get_close_matches(plain(asked), [plain(name) for name in names], n=5, cutoff=0.4)
    by_plain = {plain(name): name for name in names}
    return f"Closest: {listed(by_plain[name] for name in close)}" if close else f"There is: {listed(names)}"
