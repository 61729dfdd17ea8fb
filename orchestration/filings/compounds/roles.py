"""Names -> roles: which names are drugs, and whether as pipeline, component or comparator.

Belongs here: the evidence that a name shaped like a code is a drug's, and the role of a drug in the release. Does not belong
here: the shapes of names (`names.py`), which names are one compound (`identity.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from orchestration.filings.compounds.attributes import payloads
from orchestration.filings.compounds.compound_sentences import ScannedParagraph
from orchestration.filings.compounds.identity import CompoundIdentity, known_comparators, known_compounds
from orchestration.filings.compounds.names import NameMention, links
from orchestration.filings.records import CompoundRole

_DRUG_CONTEXT: Final = re.compile(
    r"\b(?=\w)(?:phase [1-4i]+|clinical|pre-?clinical|trials?|stud(?:y|ies)|compounds?|candidates?|vaccines?|dos(?:e|ed|ing|es)"
    r"|patients?|IND|antibod(?:y|ies)|ADC|inhibitor|development|collaborations?|licensed|pipeline|FDA|BLA|NDA|PDUFA|therapy"
    r"|treatment|approved|approval)\b",
    re.IGNORECASE,
)
_PATENT: Final = re.compile(r"\b[Pp]atents?\b(?! (?:and|cliff|expir))")
_DEFINED: Final = re.compile(r"\b(?:candidate|compound|vaccine|therapy|antibody|drug|product|program)\b", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"\b(?:in combination with|combined with|combination of|plus|versus|vs\.?|compared (?:with|to)|relative to"
    r"|than(?: that of)?|including|included|with or without|standard of care|refractory to|resistant to|followed by"
    r"|received?|add-on to|(?:greater|less) than that of|treatment with|or|/|(?:with|plus"
    r"|received)\s[^.;]{0,40}\sand)\s*(?:the\s)?$",
    re.IGNORECASE,
)
_LOOKALIKES: Final = str.maketrans("oil", "011")


def without_unsupported_names(scanned: list[ScannedParagraph]) -> list[ScannedParagraph]:
    """The paragraphs without names that nothing in the filing shows to be a drug's."""
    shown: set[str] = set()
    section = ""
    for number, one in enumerate(scanned):
        text = one.paragraph.text
        if one.is_heading and not one.mentions:
            section = text
        below = (
            " ".join(other.paragraph.text[:200] for other in scanned[number + 1 : number + 3])
            if one.is_heading and one.mentions
            else ""
        )
        for mention in one.mentions:
            if mention.key not in shown and _is_shown(text, mention, f"{section} {below}"):
                shown.add(mention.key)
    for one in scanned:
        for link in links(one.paragraph.text, one.mentions):
            if {link.left, link.right} & shown:
                shown |= {link.left, link.right}
    kept = [one._replace(mentions=[m for m in one.mentions if m.key in shown]) for one in scanned]
    return _without_misprints(kept)


def _without_misprints(scanned: list[ScannedParagraph]) -> list[ScannedParagraph]:
    """The paragraphs with each code that differs from a more frequent one only by O for 0 or I or L for 1 read as that one."""
    counts = Counter(mention.key for one in scanned for mention in one.mentions if mention.kind == "code")
    best: dict[str, str] = {}
    for key in sorted(counts, key=lambda key: (-counts[key], key)):
        best.setdefault(key.translate(_LOOKALIKES), key)
    meant = {key: best[key.translate(_LOOKALIKES)] for key in counts}
    if all(key == other for key, other in meant.items()):
        return scanned
    return [one._replace(mentions=[m._replace(key=meant.get(m.key, m.key)) for m in one.mentions]) for one in scanned]


def _is_shown(text: str, mention: NameMention, beside: str) -> bool:
    if (
        mention.key in known_compounds()
        or mention.key in known_comparators()
        or mention.key in payloads()
        or mention.kind == "generic"
    ):
        return True
    around = text[max(0, mention.start - 160) : mention.end + 160]
    if _PATENT.search(around):
        return False
    if mention.kind == "word":
        return bool(_DEFINED.search(text, max(0, mention.start - 40), mention.start)) or bool(
            re.match(r"[®™]?(?:,| is)\s(?:[\w'-]+\s){0,5}(?:candidate|compound|vaccine)", text[mention.end : mention.end + 90])
        )
    return bool(_DRUG_CONTEXT.search(around) or _DRUG_CONTEXT.search(beside))


def roles_of(scanned: list[ScannedParagraph], identity: CompoundIdentity, registrant: str | None) -> dict[str, CompoundRole]:
    """The role of each compound by its canonical key, in the order met."""
    roles: dict[str, CompoundRole] = {}
    conjugates = {key for key in identity.kinds if key.rsplit("-", 1)[-1] in payloads() and key not in payloads()}
    for key in dict.fromkeys(identity.canonical(mention.key) for one in scanned for mention in one.mentions):
        own = identity.keys_of(key)
        if any(k in payloads() for k in own) or (
            identity.vocabulary_id(key) is None and any(_is_part(k, conjugates, scanned) for k in own)
        ):
            roles[key] = CompoundRole.COMPONENT
        elif any(k in known_comparators() for k in own):
            roles[key] = CompoundRole.PIPELINE if _is_own(scanned, own, registrant) else CompoundRole.COMPARATOR
        elif any(k in known_compounds() for k in own) or not _only_compared(scanned, own, identity):
            roles[key] = CompoundRole.PIPELINE
        else:
            roles[key] = CompoundRole.COMPARATOR
    return roles


def _is_part(key: str, conjugates: set[str], scanned: list[ScannedParagraph]) -> bool:
    if any(conjugate.startswith(key + "-") for conjugate in conjugates):
        return True
    seen = [(one.paragraph.text, m) for one in scanned for m in one.mentions if m.key == key]
    return all(
        re.match(r"\s(?:anti-[\w-]+\s)?(?:antibody|linker|payload)\b", text[m.end : m.end + 40])
        and re.search(r"\bcompris\w+\b[^.]{0,60}$", text[max(0, m.start - 80) : m.start])
        for text, m in seen
    )


def _is_own(scanned: list[ScannedParagraph], keys: list[str], registrant: str | None) -> bool:
    """Whether a known comparator is a subject of the release: it heads a passage, is the registrant's, or has sales."""
    for one in scanned:
        text = one.paragraph.text
        for mention in one.mentions:
            if mention.key not in keys:
                continue
            before, after = text[max(0, mention.start - 60) : mention.start], text[mention.end : mention.end + 60]
            if re.match(r"[\s®™]*(?:\([^()]{1,80}\)\s*)?(?:[–—]|\s-\s|:\s)", after) and len(before.strip(" -·•*")) == 0:
                return True
            if re.match(r"[®™]?\s(?:\([^)]*\)\s)?(?:net (?:product )?(?:sales|revenues?)|product (?:sales|revenues?))", after):
                return True
            if re.search(r"\bnet (?:product )?(?:sales|revenues?) (?:of|from) $", before) or (
                registrant and re.search(re.escape(registrant) + r"'s $", before)
            ):
                return True
    return False


def _only_compared(scanned: list[ScannedParagraph], keys: list[str], identity: CompoundIdentity) -> bool:
    if not all(identity.kinds[key] in ("generic", "brand") for key in keys):
        return False
    if (
        len(keys) > 1
        and any(identity.kinds[key] == "brand" for key in keys)
        and not any(identity.kinds[key] == "code" for key in keys)
    ):
        seen = [(one.paragraph.text, m) for one in scanned for m in one.mentions if m.key in keys]
        return any(_COMPARED.search(text, max(0, m.start - 40), m.start) for text, m in seen)
    seen = [(one.paragraph.text, m) for one in scanned for m in one.mentions if m.key in keys]
    return all(_COMPARED.search(text, max(0, m.start - 40), m.start) for text, m in seen)
