"""staging.filings and staging.raw_files: every raw file is a filing, an accepted filing says who and when.

Belongs here: what of a filing must agree with its problems and its raw file. Does not belong here: the values it prints.
"""

from __future__ import annotations

from expectations.suite import Suite, holds, query, whole

FILINGS = Suite(
    name="filings",
    stage="staging",
    table="staging.filings",
    description="No filing is known before its period has ended or accepted with an error; accepted ones say who and when.",
    frame=query("""
        select
            f.filing_id, f.source, f.status,
            f.status = 'quarantined' or f.period_end is not null as accepted_has_a_period,
            f.status = 'quarantined' or f.known_from is not null as accepted_has_a_date,
            f.status = 'quarantined' or f.company_id is not null as accepted_has_a_company,
            f.status = 'quarantined'
                or not coalesce(f.known_from < f.period_end, false) as is_known_after_the_period,
            f.status = 'quarantined' or p.filing_id is null as an_error_quarantines,
            f.known_from::varchar as known_from,
            -- A day more, as it is tomorrow already elsewhere.
            f.status = 'quarantined' or coalesce(f.known_from <= current_date + 1, true) as is_not_of_the_future
        from staging.filings as f
        left join (select distinct filing_id from staging.problems where severity = 'error') as p using (filing_id)
        order by f.filing_id
    """),
    naming=("filing_id", "source", "status", "known_from"),
    required_rows=1,
    expectations=(
        holds("is_known_after_the_period", "filing_id", "A filing is not known before the period it reports has ended."),
        holds("is_not_of_the_future", "filing_id", "A filing is not dated after the day of the build."),
        holds("an_error_quarantines", "filing_id", "A filing with a problem of severity error is kept out."),
        holds("accepted_has_a_date", "filing_id", "An accepted filing says since when it is known (known_from).", "warning"),
        holds("accepted_has_a_period", "filing_id", "An accepted filing says which period it reports.", "warning"),
        holds("accepted_has_a_company", "filing_id", "An accepted filing says whose it is (company_id).", "warning"),
    ),
)

RAW_FILES = Suite(
    name="raw_files",
    stage="staging",
    table="staging.raw_files",
    description="No raw file is dropped silently: each is a filing, or the same bytes as one that is.",
    frame=query("""
        select
            r.source, r.filing_id,
            r.duplicate_of is not null or f.filing_id is not null as is_a_filing,
            r.duplicate_of is null or o.source is not null as original_is_there
        from staging.raw_files as r
        left join staging.filings as f on f.filing_id = r.filing_id
        left join staging.raw_files as o on o.source = r.duplicate_of or o.filing_id = r.duplicate_of
        order by r.source
    """),
    naming=("source", "filing_id"),
    required_rows=1,
    expectations=(
        whole("is_a_filing", "source", "Every raw file is a filing, accepted or quarantined, or a duplicate of one."),
        whole("original_is_there", "source", "What a file is a duplicate of is itself a raw file."),
    ),
)

SUITES = (FILINGS, RAW_FILES)
