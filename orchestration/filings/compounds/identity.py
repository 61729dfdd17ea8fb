"""Names -> compounds: which names of one filing are one compound, and its stable id.

Belongs here: joining names by the links that the filing states and those of `data/vocabulary/compounds.csv`. Does not belong
here: finding names and links (`names.py`), history across filings (dbt).

Each filing is read alone: an id follows from the filing and the vocabulary.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from orchestration.filings import vocabulary
from orchestration.filings.compounds.names import Link, NameMention, slug


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the vocabulary, its compound, and whether filings link the two (`own`, `stated`) or none does (`unstated`)."""

    compound_id: str
    link: str
    source: str


class CompoundIdentity:
    """Which keys are one compound in this filing, by the links it states and then by the vocabulary.

    `conflicts` are stated links between two compounds of the vocabulary; they are not followed.
    """

    def __init__(self, mentions: list[NameMention], stated: list[Link]) -> None:
        self._parent: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.counts = Counter(m.key for m in mentions)
        for mention in mentions:
            self._parent.setdefault(mention.key, mention.key)
            self.kinds.setdefault(mention.key, mention.kind)
        self._stated = dict(self._parent)
        self.former = {link.former for link in stated if link.former}
        self.conflicts: list[Link] = []
        self._keys: dict[str, list[str]] = {}
        self._memo: dict[str, str] = {}
        for link in stated:
            self._join(link)
        by_id: dict[str, str] = {}
        for key in list(self._parent):
            known = known_compounds().get(key) or known_comparators().get(key)
            if known:
                first = by_id.setdefault(known.compound_id, key)
                self._parent[self.canonical(key)] = self.canonical(first)
        self._memo = {key: self.canonical(key) for key in self._parent}
        for key, root in self._memo.items():
            self._keys.setdefault(root, []).append(key)

    def _join(self, link: Link) -> None:
        ids = {self.vocabulary_id(self.canonical(link.left)), self.vocabulary_id(self.canonical(link.right))} - {None}
        if len(ids) > 1:
            self.conflicts.append(link)
            return
        self._parent[self.canonical(link.right)] = self.canonical(link.left)
        self._stated[self._root(self._stated, link.right)] = self._root(self._stated, link.left)

    @staticmethod
    def _root(parent: dict[str, str], key: str) -> str:
        while parent.get(key, key) != key:
            key = parent[key]
        return key

    def canonical(self, key: str) -> str:
        """The one key that stands for a compound."""
        return self._memo.get(key) or self._root(self._parent, key)

    def keys_of(self, canonical: str) -> list[str]:
        """All keys of a compound, in the order met."""
        return self._keys.get(canonical) or [key for key in self._parent if self.canonical(key) == canonical]

    def vocabulary_id(self, canonical: str) -> str | None:
        """The id of a compound in the vocabulary; None where that knows none of its names."""
        return next(
            (
                known.compound_id
                for key in self.keys_of(canonical)
                if (known := known_compounds().get(key) or known_comparators().get(key))
            ),
            None,
        )

    def compound_id(self, canonical: str) -> str:
        """The stable id: the vocabulary's, else the key of the first code, generic or brand name; former names last in each."""
        found = self.vocabulary_id(canonical)
        if found:
            return found
        order = {"code": 0, "word": 0, "generic": 1, "brand": 2}
        return min(self.keys_of(canonical), key=lambda key: (order[self.kinds[key]], key in self.former))

    def states(self, key: str) -> bool:
        """Whether the filing itself ties a name to its compound, not only the vocabulary."""
        known = known_compounds().get(key)
        if known is None or known.link == "own":
            return True
        together = [other for other in self._stated if self._root(self._stated, other) == self._root(self._stated, key)]
        if any((own := known_compounds().get(other)) and own.link == "own" for other in together):
            return True
        return len(together) > 1 and known.link == "stated"


@cache
def known_compounds() -> dict[str, KnownName]:
    """The names of `data/vocabulary/compounds.csv` by key."""
    return {
        slug(row["name"]): KnownName(row["compound_id"], row["link"], row["source"]) for row in vocabulary.rows("compounds")
    }


@cache
def known_comparators() -> dict[str, KnownName]:
    """The names of `data/vocabulary/comparators.csv` by key."""
    return {
        slug(row["name"]): KnownName(row["compound_id"], "own", "data/vocabulary/comparators.csv")
        for row in vocabulary.rows("comparators")
    }
