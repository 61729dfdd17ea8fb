with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

stating as (

    select
        filing_id,
        company_id,
        filing_no,
        anchor_period_end,
        anchor_quarter_no
    from filings
    where states_fiscal_period and anchor_period_end is not null

),

-- Two filings that count the quarters alike.
alike as (

    select
        one.filing_id,
        other.filing_id as other_filing_id,
        other.filing_no as other_filing_no
    from stating as one
    inner join stating as other
        on one.company_id = other.company_id and one.filing_id != other.filing_id
    where
        {{ quarter_no_of('one.anchor_period_end', 'other.anchor_period_end', 'other.anchor_quarter_no') }}
        = one.anchor_quarter_no

),

supported as (

    select
        stating.*,
        count(alike.other_filing_id) as alike_count,
        max(alike.other_filing_no) as last_alike_no
    from stating
    left join alike on stating.filing_id = alike.filing_id
    group by all

),

-- The present calendar of a company: that of its latest filing that another one bears out. A fiscal year end does not: it may
-- have been told from the quarter stated.
present as (

    select
        company_id,
        filing_id as calendar_filing_id,
        anchor_period_end as calendar_period_end,
        anchor_quarter_no as calendar_quarter_no
    from supported
    qualify
        row_number() over (
            partition by company_id
            order by alike_count > 0 desc, filing_no desc
        ) = 1

),

compared as (

    select
        filings.filing_id,
        present.calendar_period_end,
        present.calendar_quarter_no,
        supported.filing_id is not null as has_anchor,
        supported.alike_count,
        greatest(supported.filing_no, supported.last_alike_no) as last_of_its_calendar,
        {{ quarter_no_of('filings.anchor_period_end', 'present.calendar_period_end', 'present.calendar_quarter_no') }}
            as present_quarter_no
    from filings
    inner join present on filings.company_id = present.company_id
    left join supported on filings.filing_id = supported.filing_id

),

first_of_present as (

    select
        filings.company_id,
        min(filings.filing_no) as first_filing_no
    from compared
    inner join filings on compared.filing_id = filings.filing_id
    where compared.has_anchor and compared.present_quarter_no = filings.anchor_quarter_no
    group by filings.company_id

),

-- Another count of the quarters is an earlier calendar where several filings share it and all of them came before this one's.
judged as (

    select
        compared.*,
        coalesce(compared.has_anchor and compared.present_quarter_no is distinct from filings.anchor_quarter_no, false)
            as differs,
        coalesce(
            compared.has_anchor
            and compared.present_quarter_no is distinct from filings.anchor_quarter_no
            and compared.alike_count > 0
            and compared.last_of_its_calendar < first_of_present.first_filing_no,
            false
        ) as is_of_earlier_calendar
    from compared
    inner join filings on compared.filing_id = filings.filing_id
    inner join first_of_present on filings.company_id = first_of_present.company_id

),

-- All filings of a company count its quarters in one calendar, so that quarter follows quarter across a change.
placed as (

    select
        filings.* replace (
            filings.is_contradicted or coalesce(judged.differs and not judged.is_of_earlier_calendar, false) as is_contradicted,
            case
                when judged.differs and not judged.is_of_earlier_calendar then null
                when filings.states_fiscal_period and not coalesce(judged.differs, false) then filings.anchor_period_end
                when filings.is_contradicted then null
                else coalesce(judged.calendar_period_end, filings.anchor_period_end)
            end as anchor_period_end,
            case
                when filings.states_fiscal_period and not coalesce(judged.differs, false) then filings.anchor_quarter_no
                when filings.is_contradicted then filings.anchor_quarter_no
                else coalesce(judged.calendar_quarter_no, filings.anchor_quarter_no)
            end as anchor_quarter_no
        ),
        coalesce(judged.is_of_earlier_calendar, false) as is_of_earlier_calendar,
        case
            when not filings.states_fiscal_period then null
            when judged.is_of_earlier_calendar then judged.present_quarter_no
            else filings.anchor_quarter_no
        end as stated_quarter_no
    from filings
    left join judged on filings.filing_id = judged.filing_id

)

select * from placed
