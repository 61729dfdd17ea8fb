"""Reads a few sentences as if they were a release of Acme, Inc. of April 28, 2011."""

from __future__ import annotations

from datetime import date

from orchestration.filings.compounds.compounds import CompoundReading, read_compounds
from orchestration.filings.records import Compound, Filing
from tests.golden.measure_prose import document_of

FILING = Filing(
    "x", "x.txt", "", company_name="Acme Pharmaceuticals, Inc.", known_from=date(2011, 4, 28), fiscal_year_end="06-30"
)
SPEAKS_OF_DRUGS = (
    "\n\nAbout Acme\n\nAcme develops therapeutics. The FDA and patients matter to clinical trials; "
    "clinical data of patients go to the FDA.\n"
)


def reading(text: str) -> CompoundReading:
    """The reading of a text, with the words around it that make it a release about drugs."""
    return read_compounds(document_of(text + SPEAKS_OF_DRUGS), FILING)


def pipeline(text: str) -> dict[str, Compound]:
    """The pipeline compounds of a text by id."""
    return {compound.compound_id: compound for compound in reading(text).compounds if compound.role == "pipeline"}
