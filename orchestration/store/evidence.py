"""Which filings of the store are in doubt, and the evidence on them in other releases of their companies.

Belongs here: finding the filings in doubt by columns of Parquet, and collecting the releases of their companies. Does not
belong here: what is evidence (`filings/proof/other_releases.py`), or where second readings are stored (`readings.py`).

Of the other filings only a few columns are read, and only their covers become Python objects: ten thousand filings cost a
fraction of a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orchestration.filings.company.identity import placed
from orchestration.filings.company.stated import FilingKeys, KnownCompany
from orchestration.filings.records import CompanyKey, FilingStatus, ProofOutcome, Status
from orchestration.store.address import Address
from orchestration.store.parquet import read_table

if TYPE_CHECKING:
    import pyarrow as pa

    from orchestration.filings.proof.other_releases import Release, ReleaseEvidence

_ADDRESS = ("sha256", "source")
_COVER = ("filing_id", "company_id", "status", "known_from")
_DOUBT = ("values.list.element.status", "values.list.element.proof_count", "proofs.list.element.outcome")
_BROKEN = "proofs.list.element.value_ids.list.element"


class _Cover(NamedTuple):
    """A first reading in the store: its row of which chunk, and whether it is in doubt."""

    path: Path
    row: int
    address: Address
    filing_id: str
    company_id: str | None
    status: str
    known_from: date | None
    is_doubted: bool
    keys: tuple[CompanyKey, ...]

    @property
    def claim(self) -> tuple[bool, date, str]:
        """The order in which filings that claim one `filing_id` get it, as in the staging tables."""
        return self.status != FilingStatus.ACCEPTED, self.known_from or date.max, self.address.source


def evidence(
    paths: Sequence[Path], listed: Collection[Address], known_companies: Sequence[KnownCompany] = ()
) -> dict[Address, ReleaseEvidence]:
    """The evidence in other releases on each listed filing in doubt, by the address of its first reading.

    `paths` are the chunks of first readings. Only listed filings are evidence, and of several that claim one `filing_id` only
    the one that keeps it. A filing without evidence is left out. Its company is that of all keys together, as in the
    warehouse.
    """
    covers = _placed(_kept(cover for path in paths for cover in _covers(path, listed)), known_companies)
    releases = Counter(cover.company_id for cover in covers)
    doubted = {cover.company_id for cover in covers if cover.is_doubted and cover.company_id}
    asked = [cover for cover in covers if cover.company_id in doubted and releases[cover.company_id] > 1]
    if not asked:
        return {}
    from orchestration.filings.proof.other_releases import evidence_from_other_releases  # noqa: PLC0415 -- the reader, only where it is needed

    companies: dict[str | None, list[Release]] = {}
    for cover, release in _releases(asked):
        companies.setdefault(cover.company_id, []).append(release)
    addresses = {cover.filing_id: cover.address for cover in asked}
    return {
        addresses[one]: known for company in companies.values() for one, known in evidence_from_other_releases(company).items()
    }


def _covers(path: Path, listed: Collection[Address]) -> Iterator[_Cover]:
    table = read_table(path, [*_ADDRESS, *(f"filing.{name}" for name in _COVER), *_DOUBT, "company_keys"])
    doubted = _doubted(table)
    filings, keys = table["filing"].to_pylist(), table["company_keys"].to_pylist()
    for row, address in enumerate(map(Address, *(table[name].to_pylist() for name in _ADDRESS))):
        if address in listed:
            own = tuple(CompanyKey(**key) for key in keys[row])
            yield _Cover(path, row, address, is_doubted=row in doubted, keys=own, **filings[row])


def _placed(covers: Sequence[_Cover], known: Sequence[KnownCompany]) -> list[_Cover]:
    """The covers, each under the company that the keys of all of them tell."""
    found = placed((FilingKeys(one.filing_id, one.keys, one.known_from) for one in covers), known)
    return [one._replace(company_id=found[one.filing_id].company_id) if one.filing_id in found else one for one in covers]


def _doubted(table: pa.Table) -> set[int]:
    """The rows with an unproven value that was not read as it stands, or a broken identity; as `Stated.is_doubted`."""
    import pyarrow.compute as pc  # noqa: PLC0415

    values, values_of = _flat(table, "values")
    proofs, proofs_of = _flat(table, "proofs")
    status = pc.struct_field(values, "status")
    is_found = pc.not_equal(status, Status.AS_READ.value)
    is_unproven = pc.equal(pc.struct_field(values, "proof_count"), 0)
    is_unreadable = pc.equal(status, Status.UNREADABLE.value)
    is_doubted = pc.or_(is_unreadable, pc.and_(is_found, is_unproven))
    is_broken = pc.equal(pc.struct_field(proofs, "outcome"), ProofOutcome.BROKEN.value)
    return {*pc.unique(values_of.filter(is_doubted)).to_pylist(), *pc.unique(proofs_of.filter(is_broken)).to_pylist()}


def _flat(table: pa.Table, name: str) -> tuple[pa.Array, pa.Array]:
    """The records of a column of lists, one after the other, and the row of each."""
    import pyarrow.compute as pc  # noqa: PLC0415

    lists = table[name].combine_chunks()
    return pc.list_flatten(lists), pc.list_parent_indices(lists)


def _kept(covers: Iterable[_Cover]) -> list[_Cover]:
    """The covers without repeated files and repeated `filing_id`s."""
    by_address: dict[Address, _Cover] = {}
    for cover in covers:
        by_address.setdefault(cover.address, cover)
    by_id: dict[str, _Cover] = {}
    for cover in sorted(by_address.values(), key=lambda one: one.claim):
        by_id.setdefault(cover.filing_id, cover)
    return list(by_id.values())


def _releases(covers: Iterable[_Cover]) -> Iterator[tuple[_Cover, Release]]:
    """The first readings of some filings, a chunk at a time, by the columns that evidence is made of."""
    from orchestration.filings.proof.other_releases import ReleaseCell  # noqa: PLC0415

    by_path: dict[Path, dict[int, _Cover]] = {}
    for cover in covers:
        by_path.setdefault(cover.path, {})[cover.row] = cover
    for path, wanted in by_path.items():
        its_columns = [f"values.list.element.{name}" for name in ReleaseCell._fields]
        table = read_table(path, [*its_columns, _DOUBT[-1], _BROKEN]).take(list(wanted))
        yield from zip(wanted.values(), _made(table, wanted.values()), strict=True)


def _made(table: pa.Table, covers: Iterable[_Cover]) -> Iterator[Release]:
    from orchestration.filings.proof.other_releases import Release, ReleaseCell  # noqa: PLC0415

    cells: dict[int, list[ReleaseCell]] = {}
    for row, *cell in _records(table, "values", ReleaseCell._fields):
        cells.setdefault(row, []).append(ReleaseCell(*cell))
    broken: dict[int, set[str]] = {}
    for row, outcome, value_ids in _records(table, "proofs", ("outcome", "value_ids")):
        if outcome == ProofOutcome.BROKEN:
            broken.setdefault(row, set()).update(value_ids)
    for row, cover in enumerate(covers):
        is_accepted = cover.status == FilingStatus.ACCEPTED
        its_cells, its_broken = tuple(cells.get(row, ())), frozenset(broken.get(row, ()))
        yield Release(cover.filing_id, cover.known_from, is_accepted, its_cells, its_broken)


def _records(table: pa.Table, name: str, fields: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The records of a column of lists as tuples: their row, and some of their fields."""
    import pyarrow.compute as pc  # noqa: PLC0415

    flat, rows = _flat(table, name)
    return zip(rows.to_pylist(), *(pc.struct_field(flat, field).to_pylist() for field in fields), strict=True)
