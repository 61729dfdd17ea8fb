"""A document -> its compounds, their names, indications and events.

Belongs here: making the records of a compound from all that the filing says. Does not belong here: names, identity, roles,
sentences, attributes, phases, events (a module each), history across filings (dbt).

Each filing is read alone: the identity of a compound follows from the filing and `data/vocabulary/compounds.csv`, so the order
of reading does not matter.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from orchestration.filings.compounds.attributes import Claim, antibody_based, claims, from_name, registrant_of
from orchestration.filings.compounds.by_indication import IndicationDetail, details
from orchestration.filings.compounds.compound_sentences import (
    CompoundSentence,
    Names,
    ScannedParagraph,
    compound_sentences,
    scan_document,
)
from orchestration.filings.compounds.events import Event, EventCalendar, events
from orchestration.filings.compounds.identity import CompoundIdentity, known_compounds
from orchestration.filings.compounds.indications import narrowed
from orchestration.filings.compounds.names import Link, NameMention, links, seeds_of
from orchestration.filings.compounds.phases import NOT_STATED, highest, phases
from orchestration.filings.compounds.roles import roles_of, without_unsupported_names
from orchestration.filings.documents.model import Document
from orchestration.filings.records import (
    Compound,
    CompoundEvent,
    CompoundIndication,
    CompoundName,
    CompoundRole,
    CompoundStatus,
    EventType,
    Filing,
    IndicationStatus,
    NameKind,
    Problem,
    Severity,
)

_CONJUGATE: Final = "antibody-drug conjugate"

_CLINICAL_WORDS: Final = ("clinical", "FDA", "patients", "herapeutic", " IND ", "Phase I", "Phase 1", "Phase 2", "Phase 3")
_FEWEST_CLINICAL_WORDS: Final = 5
_EVIDENCE_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class CompoundReading:
    """What one filing says of compounds: rows of four staging tables, and the problems found."""

    compounds: tuple[Compound, ...] = ()
    names: tuple[CompoundName, ...] = ()
    indications: tuple[CompoundIndication, ...] = ()
    events: tuple[CompoundEvent, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_compounds(document: Document, filing: Filing) -> CompoundReading:
    """The compounds of a filing; empty for one that does not speak of drugs. Never raises."""
    if sum(map(document.text.count, _CLINICAL_WORDS)) < _FEWEST_CLINICAL_WORDS:
        return CompoundReading()
    scanned = scan_document(document, seeds_of(document.text))
    scanned = without_unsupported_names(scanned)
    mentions = [mention for one in scanned for mention in one.mentions]
    if not mentions:
        return CompoundReading()
    stated = [(one, link) for one in scanned for link in links(one.paragraph.text, one.mentions)]
    identity = CompoundIdentity(mentions, [link for _, link in stated])
    names = Names(
        registrant_of(filing.company_name or filing.registrant),
        lambda key: roles[identity.canonical(key)] == CompoundRole.PIPELINE,
        identity.canonical,
    )
    roles = roles_of(scanned, identity, names.registrant)
    sentences = compound_sentences(scanned, names)
    records = _Records(document, filing, identity, scanned)
    about = _by_compound(sentences)
    said = _said(sentences, names)
    reached = _reached(sentences, identity)
    compounds = tuple(
        records.compound(key, _CompoundEvidence(role, about.get(key, []), said.get(key, []), reached.get(key, set())), names)
        for key, role in roles.items()
    )
    happened = events(
        sentences, EventCalendar(filing.known_from or filing.date_of_report, filing.fiscal_year_end), identity.canonical
    )
    return CompoundReading(
        compounds,
        records.names(stated),
        records.indications(sentences, dict(zip(roles, compounds, strict=True)), happened),
        tuple(records.event(n, event) for n, event in enumerate(happened, 1)),
        tuple(records.problems),
    )


def _by_compound(sentences: list[CompoundSentence]) -> dict[str, list[CompoundSentence]]:
    found: dict[str, list[CompoundSentence]] = {}
    for sentence in sentences:
        for key in sentence.subjects:
            found.setdefault(key, []).append(sentence)
    return found


def _said(sentences: list[CompoundSentence], names: Names) -> dict[str, list[Claim]]:
    """What the sentences say each compound is; "the collaboration" refers to the passage around it."""
    passages: dict[str | None, list[CompoundSentence]] = {}
    for sentence in sentences:
        passages.setdefault(sentence.head, []).append(sentence)
    said: dict[str, list[Claim]] = {}
    for sentence in sentences:
        for claim in claims(sentence, names, passages[sentence.head]):
            said.setdefault(claim.key, []).append(claim)
    return said


def _reached(sentences: list[CompoundSentence], identity: CompoundIdentity) -> dict[str, set[str]]:
    """The phases that the sentences say each compound has reached."""
    planned: dict[str, set[str]] = {}
    found: dict[str, set[str]] = {}
    for sentence in sentences:
        for key, phase in phases(sentence, planned, identity.canonical):
            found.setdefault(key, set()).add(phase)
    return found


class _CompoundEvidence(NamedTuple):
    """What a filing says of one compound: its sentences, their claims, and the phases reached."""

    role: CompoundRole
    sentences: list[CompoundSentence]
    claims: list[Claim]
    reached: set[str]


class _Records:
    def __init__(self, document: Document, filing: Filing, identity: CompoundIdentity, scanned: list[ScannedParagraph]) -> None:
        self._document, self._filing, self._identity = document, filing, identity
        self._seen: dict[str, list[tuple[ScannedParagraph, NameMention]]] = {}
        for one in scanned:
            for mention in one.mentions:
                self._seen.setdefault(mention.key, []).append((one, mention))
        self.problems: list[Problem] = [
            Problem(
                filing.filing_id,
                Severity.WARNING,
                "compound_link_conflict",
                f"The filing links '{c.left}' and '{c.right}', which the vocabulary knows as two compounds; kept apart."
                f" Check data/vocabulary/compounds.csv.",
            )
            for c in identity.conflicts
        ]

    def compound(self, key: str, sentences: _CompoundEvidence, names: Names) -> Compound:
        """The row of one compound."""
        first, text = self._first(key)
        printed = self._printed(key)
        code, generic, brand = (self._name(key, kinds) for kinds in (("code", "word"), ("generic",), ("brand",)))
        stated = sentences.claims
        modality, payload = self._modality(stated, printed)
        owner = self._one("owner", stated, key, first)
        partners = {c.value for c in stated if c.kind in ("partner", "collaboration")} | (
            {owner} if owner and owner != names.registrant else set()
        )
        phase, status = self._progress(key, sentences)
        return Compound(
            filing_id=self._filing.filing_id,
            compound_id=self._identity.compound_id(key),
            preferred_name=printed[0],
            role=sentences.role,
            code_name=code,
            generic_name=generic,
            brand_name=brand,
            target=self._target(stated, modality, key, first),
            modality=modality,
            payload=payload,
            owner=owner,
            partners=tuple(sorted(partners)),
            phase=phase,
            status=status,
            indications=narrowed([c.value for c in stated if c.kind == "indication"]),
            text=text,
            source_line=first,
        )

    def _modality(self, stated: list[Claim], printed: list[str]) -> tuple[str | None, str | None]:
        sentences = {c.value for c in stated if c.kind == "modality"}
        payload = next((c.value for c in stated if c.kind == "payload"), None)
        named = [from_name(name) for name in printed]
        modality = next((m for m, _ in named if m), None)
        if modality is None and sentences:
            first = next(c.value for c in stated if c.kind == "modality")
            modality = _CONJUGATE if _CONJUGATE in sentences else first
        return modality, payload or next((p for _, p in named if p), None)

    def _target(self, stated: list[Claim], modality: str | None, key: str, line: int) -> str | None:
        target = self._one("target", stated, key, line)
        if target is None and modality and antibody_based({modality}):
            markers = {c.value for c in stated if c.kind == "marker"}
            return markers.pop() if len(markers) == 1 else None
        return target

    def _one(self, kind: str, stated: list[Claim], key: str, line: int) -> str | None:
        values = Counter(c.value for c in stated if c.kind == kind)
        if len(values) <= 1:
            return next(iter(values), None)
        sentences = ", ".join(sorted(values))
        self.problems.append(
            Problem(
                self._filing.filing_id,
                Severity.WARNING,
                f"compound_{kind}_unclear",
                f"The filing gives '{key}' more than one {kind} ({sentences}); none was taken. Read the filing.",
                line,
            )
        )
        return None

    def _progress(self, key: str, sentences: _CompoundEvidence) -> tuple[str | None, CompoundStatus | None]:
        if sentences.role != CompoundRole.PIPELINE:
            return None, None
        if any(_is_dropped(s, key, self._identity) for s in sentences.sentences):
            return highest(sentences.reached), CompoundStatus.DISCONTINUED
        is_active = sentences.reached or any(_ACTIVE.search(s.text) for s in sentences.sentences)
        return highest(sentences.reached), CompoundStatus.ACTIVE if is_active else None

    def _first(self, key: str) -> tuple[int, str]:
        """Line and words of the first place where any name of a compound stands."""
        one, mention = min(
            (self._seen[k][0] for k in self._identity.keys_of(key)),
            key=lambda pair: (pair[0].paragraph.line, pair[0].paragraph.pieces, pair[1].start),
        )
        return self._document.place_in(one.paragraph, mention.start, mention.end).line, _excerpt(
            one.paragraph.text, mention.start
        )

    def _printed(self, key: str) -> list[str]:
        """The names as printed, the most frequent first."""
        keys = self._identity.keys_of(key)
        return [self._spelling(k) for k in sorted(keys, key=lambda k: (-len(self._seen[k]), keys.index(k)))]

    def _spelling(self, key: str) -> str:
        spelled = Counter(mention.text for _, mention in self._seen[key])
        if self._identity.kinds[key] == "generic":
            return min(spelled).lower()
        return max(spelled, key=lambda text: (spelled[text], text))

    def _name(self, key: str, kinds: tuple[str, ...]) -> str | None:
        found = [k for k in self._identity.keys_of(key) if self._identity.kinds[k] in kinds]
        if not found:
            return None
        order = list(self._identity.kinds)
        return self._spelling(min(found, key=lambda k: (k in self._identity.former and len(found) > 1, order.index(k))))

    def names(self, stated: list[tuple[ScannedParagraph, Link]]) -> tuple[CompoundName, ...]:
        """One row per name: its evidence is the line that links it, else the source in the vocabulary."""
        linked: dict[str, tuple[ScannedParagraph, int]] = {}
        for one, link in stated:
            for name in (link.left, link.right):
                linked.setdefault(name, (one, link.start))
        rows = []
        for key, seen in self._seen.items():
            one, at = linked.get(key) or (seen[0][0], seen[0][1].start)
            is_stated = self._identity.states(key)
            rows.append(
                CompoundName(
                    filing_id=self._filing.filing_id,
                    compound_id=self._identity.compound_id(self._identity.canonical(key)),
                    name=self._spelling(key),
                    kind=self._kind(key),
                    is_stated=is_stated,
                    evidence=_excerpt(one.paragraph.text, at) if is_stated else known_compounds()[key].source,
                    source_line=self._document.place_in(one.paragraph, at, at + 1).line,
                )
            )
        return tuple(rows)

    def _kind(self, key: str) -> NameKind:
        if key in self._identity.former:
            return NameKind.FORMER
        kind = self._identity.kinds[key]
        return NameKind.CODE if kind == "word" else NameKind(kind)

    def indications(
        self, sentences: list[CompoundSentence], compounds: dict[str, Compound], happened: list[Event]
    ) -> tuple[CompoundIndication, ...]:
        """One row per disease and trial of each compound of the pipeline."""
        own = {key: one.indications for key, one in compounds.items() if one.role == CompoundRole.PIPELINE}
        dropped = {(e.key, e.indication, e.trial) for e in happened if e.event_type == EventType.DISCONTINUATION}
        found = details(sentences, own, self._identity.canonical)
        uses = Counter(one.key for one in found)
        return tuple(self._indication(one, compounds[one.key], dropped, is_only=uses[one.key] == 1) for one in found)

    def _indication(
        self, one: IndicationDetail, compound: Compound, dropped: set[tuple[str, str | None, str | None]], *, is_only: bool
    ) -> CompoundIndication:
        """The row of one use. An only use without a phase has the compound's, unless that is of an application."""
        is_silent = is_only and one.phase in (None, NOT_STATED) and compound.phase not in ("Filed", "Approved")
        phase = compound.phase if is_silent else one.phase
        is_dropped = compound.status == CompoundStatus.DISCONTINUED or (one.key, one.indication, one.trial) in dropped
        return CompoundIndication(
            filing_id=self._filing.filing_id,
            compound_id=compound.compound_id,
            indication=one.indication,
            trial=one.trial,
            phase=phase,
            status=_status(phase, is_dropped=is_dropped),
            text=one.sentence.text,
            source_line=self._line(one.sentence),
        )

    def _line(self, sentence: CompoundSentence) -> int:
        end = sentence.start + len(sentence.text)
        return self._document.place_in(sentence.paragraph, sentence.start, end).line

    def event(self, number: int, event: Event) -> CompoundEvent:
        """The row of one event."""
        sentence = event.sentence
        when = event.when
        compound_id = self._identity.compound_id(event.key)
        digest = hashlib.sha256(f"{self._filing.filing_id}|{number}|{compound_id}|{event.event_type}".encode()).hexdigest()[:16]
        return CompoundEvent(
            event_id=digest,
            filing_id=self._filing.filing_id,
            compound_id=compound_id,
            event_type=event.event_type,
            event_date=event.event_date,
            expected_period=when.text if when else None,
            expected_from=when.first if when else None,
            expected_to=when.last if when else None,
            indication=event.indication,
            trial=event.trial,
            text=sentence.text,
            source_line=self._line(sentence),
            meeting=event.meeting,
        )


def _status(phase: str | None, *, is_dropped: bool) -> IndicationStatus:
    if is_dropped:
        return IndicationStatus.DISCONTINUED
    return IndicationStatus.APPROVED if phase == "Approved" else IndicationStatus.ACTIVE


_ACTIVE: Final = re.compile(
    r"\b(?=\w)(?:in (?:[\w-]+ )?development|ongoing|under ?way|progress|advanc\w+|expect\w*|on track|testing|evaluat\w+"
    r"|assess\w*|candidate|marketed|approved)\b",
    re.IGNORECASE,
)
_DROPPED: Final = re.compile(
    r"\b(?=\w)(?:discontinu(?:e|ed|ing)|terminat(?:e|ed|ing)|halt(?:ed|ing)?|ceas(?:e|ed|ing)|stopp(?:ed|ing)|abandon(?:ed"
    r"|ing)?)\s(?:the\s|all\s|further\s|its\s|our\s)*(?:clinical\s)?(?:development of\s)?$",
    re.IGNORECASE,
)
_DROPPED_AFTER: Final = re.compile(r"^[®™]?\s(?:(?:clinical |further )?development|program)\b|^[®™]?$|^[®™]?[.,;]")


def _is_dropped(sentence: CompoundSentence, key: str, identity: CompoundIdentity) -> bool:
    """Whether the compound, not one trial of it, was given up ("decision made to discontinue IMGN901 development")."""
    for mention in sentence.mentions:
        if identity.canonical(mention.key) != key:
            continue
        before, after = (
            sentence.text[max(0, mention.start - 80) : mention.start],
            sentence.text[mention.end : mention.end + 40],
        )
        if _DROPPED.search(before) and (_DROPPED_AFTER.match(after) or "development of" in before):
            return True
        if re.match(
            r"[®™]?\s(?:\([^)]{1,40}\)\s)?(?:development |program )?(?:was|has been|have been|were)\s(?:discontinued"
            r"|terminated|halted)\b(?! (?:in|for)\b)",
            after,
        ):
            return True
    return False


def _excerpt(text: str, at: int) -> str:
    start = max(text.rfind(". ", 0, at) + 1, at - _EVIDENCE_CHARS // 2, 0)
    return " ".join(text[start : start + _EVIDENCE_CHARS].split())
