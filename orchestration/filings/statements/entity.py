"""Whose a statement is: the registrant's own, or another company's that stands in the same filing.

Belongs here: company names in titles, held against the registrant's. Does not belong here: segments and parents alone, which
titles say in words (`basis.py`), or who the registrant is (`cover.py`).

A subsidiary, a joint venture or an acquired company has the lines of a statement and adds up: its name tells it apart. Names
are misprinted and shortened, so one decides only where some statement of it has a column of one period with one that names the
registrant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from orchestration.filings.records import Basis, Severity, Witness
from orchestration.filings.statements.findings import SHOWN_CHARS, Finding
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.tables.said import UNSAID, Said, last_that
from orchestration.filings.text.companies import are_unlike, companies_in, is_initials, name_words, named_companies

_NOT_THE_REGISTRANTS: Final = frozenset({Basis.OTHER_ENTITY, Basis.PARENT_ONLY, Basis.PRO_FORMA})


def own_statements(statements: Statements, registrant: str | None, leads: Sequence[Said] = ()) -> Statements:
    """The statements with the company each is of; those that name another on the basis `other_entity`, and a finding for each.

    One without a name right below such a statement goes on from it, if the registrant has another of its kind and period.
    Where no statement of a company has a column of one period with the registrant's own, what names it is kept and not proven
    (`is_doubted`): it may be the registrant by another name. So are all that name a company where the registrant is not
    known and they name several. `leads` are the companies that the datelines of the filing name: what stands below that of
    another company is that one's. Each other statement is the registrant's, and nobody's where none is known.
    """
    own = name_words(registrant or "")
    if not own:
        return _of_nobody_known(replace(statements, tables=_with_what_goes_on(statements.tables)))
    statements = replace(statements, tables=tuple(_of_its_release(table, own, leads) for table in statements.tables))
    own_columns = {
        column
        for table in statements.tables
        if table.is_gaap and any(_is_own(name, own) for name in companies_in(table.title))
        for column in table.columns
    }
    foreign = [table for table in statements.tables if _is_of_another(table, own)]
    beside_own = [companies_in(table.title) for table in foreign if not own_columns.isdisjoint(table.columns)]
    strangers = set(chain.from_iterable(beside_own))
    others = [table for table in foreign if not strangers.isdisjoint(companies_in(table.title))]
    alone = [table for table in foreign if table not in others and _is_unlike(table, own)]
    findings = [_finding(table, registrant or "") for table in others]
    findings += [_alone(table, registrant or "") for table in alone]
    tables = [
        _of_another(table, own)
        if table in others or table.basis is Basis.OTHER_ENTITY
        else replace(_of_the_registrant(table, registrant or "", own), is_doubted=table.is_doubted or table in alone)
        for table in statements.tables
    ]
    return replace(statements, tables=_with_what_goes_on(tables), findings=(*statements.findings, *findings))


def _of_its_release(table: StatementTable, own: frozenset[str], leads: Sequence[Said]) -> StatementTable:
    """A statement, of another company if it stands in that one's release, below the registrant's own in one file."""
    above = [lead for lead in leads if lead.line is not None and lead.line < table.line]
    is_own = [_is_own(name_words(lead.text), own) for lead in above]
    if not any(is_own) or is_own[-1] or any(_is_own(name, own) for name in companies_in(table.title)):
        return table
    return replace(table, basis=Basis.OTHER_ENTITY, entity=above[-1].text, entity_said=above[-1])


def _with_what_goes_on(tables: Sequence[StatementTable]) -> tuple[StatementTable, ...]:
    """The statements, each that goes on from one of another company, or pro forma, on the basis of that one.

    A heading stands above the first of a group alone. What follows it is of the registrant all the same where the filing has
    no other that may be it.
    """
    columns = Counter(column for table in tables if table.is_gaap for column in table.columns)
    found: list[StatementTable] = []
    before = None
    for table in tables:
        is_named = not table.is_gaap or bool(companies_in(table.title))
        has_rival = any(columns[column] > 1 for column in table.columns)
        if before and not is_named and table.is_near and has_rival and before.statement is not table.statement:
            found.append(replace(table, basis=before.basis, entity=before.entity, entity_said=before.entity_said))
        else:
            found.append(table)
        before = found[-1] if found[-1].basis in _NOT_THE_REGISTRANTS else None
    return tuple(found)


def _of_nobody_known(statements: Statements) -> Statements:
    """The statements of a filing that does not name its registrant: of several companies, none is known to be it."""
    named = [table for table in statements.tables if table.is_gaap and companies_in(table.title)]
    first = companies_in(named[0].title) if named else []
    if not any(all(_is_of_another(table, name) and _is_unlike(table, name) for name in first) for table in named):
        return statements
    tables = (replace(table, is_doubted=table.is_doubted or table in named) for table in statements.tables)
    findings = (_alone(table, "the registrant, which is not named") for table in named)
    return replace(statements, tables=tuple(tables), findings=(*statements.findings, *findings))


def _of_another(table: StatementTable, own: frozenset[str]) -> StatementTable:
    """The statement of the company that the lowest line which names one names; of nobody known where that is the registrant."""
    said = last_that(table.head, lambda text: any(not _is_own(name, own) for name in companies_in(text))) or UNSAID
    named = [name for name in named_companies(said.text) if not _is_own(name_words(name), own)]
    whose, said = (named[-1], said) if named else (table.entity, table.entity_said)
    return replace(table, basis=Basis.OTHER_ENTITY, entity=whose, entity_said=said)


def _of_the_registrant(table: StatementTable, registrant: str, own: frozenset[str]) -> StatementTable:
    """The statement of the registrant, whom a line above it names or, at the least, the filing."""
    said = last_that(table.head, lambda text: any(_is_own(name, own) for name in companies_in(text)))
    return replace(table, entity=registrant, entity_said=said or Said(Witness.FILING, None, registrant))


def _is_own(name: frozenset[str], own: frozenset[str]) -> bool:
    return name <= own or own <= name


def _is_of_another(table: StatementTable, own: frozenset[str]) -> bool:
    names = companies_in(table.title)
    return table.is_gaap and bool(names) and not any(_is_own(name, own) for name in names)


def _is_unlike(table: StatementTable, own: frozenset[str]) -> bool:
    """Whether no name in a title may be the registrant's, shortened or misprinted. Initials of the registrant are its name."""
    names = companies_in(table.title)
    return not is_initials(names, own) and all(are_unlike(name, own) for name in names)


def _alone(table: StatementTable, registrant: str) -> Finding:
    message = (
        f"this {table.statement} names another company than {registrant}, of which the filing has none for these periods: kept,"
        " and not proven; compare its title with the cover"
    )
    return Finding(Severity.WARNING, "entity_not_witnessed", message, table.line, table.title[-SHOWN_CHARS:])


def _finding(table: StatementTable, registrant: str) -> Finding:
    message = (
        f"this {table.statement} names another company than {registrant}, of which the filing has one too: kept as another's"
    )
    return Finding(Severity.NOTE, "other_entity", message, table.line, table.title[-SHOWN_CHARS:])
