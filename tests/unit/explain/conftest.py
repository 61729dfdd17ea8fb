"""A small warehouse that the lookups of `explain` are asked on: companies, their quarters, the lines of one."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.explain.asked import AskedCompany, AskedPeriod
from orchestration.explain.company import find_company
from orchestration.explain.period import find_period
from tests.conftest import ROOT

TABLES = f"""
    create schema staging;

    create table staging.filings as
    from (values
        ('f1', '0000855654', 'ImmunoGen, Inc.', 'IMMUNOGEN INC', 'IMGN', '0-17999', '06-30', date '2011-02-01', 'accepted'),
        ('f2', '0000855654', 'ImmunoGen, Inc.', 'IMMUNOGEN INC', 'IMGN', '0-17999', '06-30', date '2011-04-28', 'accepted'),
        ('f3', '0000000007', 'Acme Devices Corp', 'ACME DEVICES CORP', 'ACDV', '1-00007', null, date '2011-05-02', 'accepted'),
        ('f4', '0000000008', 'Acme Drugs Corp', 'ACME DRUGS CORP', null, '1-00008', null, date '2011-05-03', 'accepted'),
        ('f5', '0000000009', 'Kept Out Corp', 'KEPT OUT CORP', 'KOUT', '1-00009', null, date '2011-05-04', 'quarantined')
    ) as filings (
        filing_id, company_id, company_name, registrant, ticker, commission_file_number, fiscal_year_end, known_from, status
    );

    create table staging.reported_values as
    from (values
        ('f2', 'Revenues', 'Total revenues', date '2011-03-31'),
        ('f2', 'NetIncomeLoss', 'Net loss', date '2011-03-31'),
        ('f2', 'ResearchAndDevelopmentExpense', 'Research and development', date '2011-03-31'),
        ('f2', null, 'Research and development support', date '2011-03-31'),
        ('f2', null, 'Long-term portion of deferred revenue', date '2011-03-31'),
        ('f2', null, 'Restricted cash', date '2011-03-31')
    ) as reported_values (filing_id, concept, label, period_end);

    create table main.dim_fiscal_period as
    from (values
        ('0000855654', 2011, 3, date '2011-03-31'),
        ('0000855654', 2011, 2, date '2010-12-31'),
        ('0000000007', 2011, 1, date '2011-04-02')
    ) as periods (company_id, fiscal_year, fiscal_quarter, period_end);

    create table main.dim_concept as
    select concept, us_gaap_element, fact_column, title from read_csv('{ROOT}/data/vocabulary/concepts.csv');
"""


@pytest.fixture(scope="session")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        yield connection


@pytest.fixture(scope="session")
def company(con: duckdb.DuckDBPyConnection) -> AskedCompany:
    return find_company(con, "IMGN")


@pytest.fixture(scope="session")
def period(con: duckdb.DuckDBPyConnection, company: AskedCompany) -> AskedPeriod:
    return find_period(con, company, "2011Q3")
