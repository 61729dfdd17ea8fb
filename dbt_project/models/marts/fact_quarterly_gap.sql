with

quarterly_figures as (

    select * from {{ ref('int_quarterly_figures') }}

),

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}

),

derived_quarters as (

    select * from {{ ref('int_derived_quarters') }}

),

left_out as (

    select * from {{ ref('int_quarters_left_out') }}

),

filings as (

    select * from {{ ref('int_filing_calendars') }}

),

-- Quarters that have a row, and a figure of it that is not known.
missing_figures as (

    select
        quarterly_results.company_id,
        quarterly_results.fiscal_year,
        quarterly_results.fiscal_quarter,
        quarterly_results.vintage,
        quarterly_results.currency,
        quarterly_figures.fact_column,
        quarterly_figures.reason_code,
        quarterly_results.known_from,
        quarterly_results.filing_id,
        quarterly_figures.value_id,
        null::varchar as reason
    from quarterly_figures
    inner join quarterly_results
        on
            quarterly_figures.filing_id = quarterly_results.filing_id
            and quarterly_figures.currency = quarterly_results.currency
            and quarterly_figures.fiscal_year = quarterly_results.fiscal_year
            and quarterly_figures.fiscal_quarter = quarterly_results.fiscal_quarter
    where quarterly_figures.reason_code is not null

),

known_quarters as (

    select distinct
        company_id,
        fiscal_year * 4 + fiscal_quarter - 1 as quarter_no
    from quarterly_results

),

spans_of_companies as (

    select
        company_id,
        unnest(range(min(quarter_no), max(quarter_no) + 1)) as quarter_no
    from known_quarters
    group by company_id

),

-- Why a quarter has no row: the first filing that would have given it, if any.
hindrances as (

    select
        company_id,
        quarter_no,
        refusal as reason_code,
        null::varchar as reason,
        1 as preference,
        known_from,
        filing_id
    from derived_quarters
    where refusal is not null
    union all
    -- What a copy does not count for, its original does.
    select
        company_id,
        quarter_no,
        reason_code,
        reason,
        2 as preference,
        known_from,
        filing_id
    from left_out
    where quarter_no is not null and reason_code != 'copy_of_another_filing'
    union all
    select
        company_id,
        stated_quarter_no as quarter_no,
        'no_quarter_column' as reason_code,
        null::varchar as reason,
        3 as preference,
        known_from,
        filing_id
    from filings
    where stated_quarter_no is not null and copy_of is null and not is_contradicted

),

first_hindrances as (

    select *
    from hindrances
    qualify
        row_number() over (
            partition by company_id, quarter_no
            order by preference, known_from, filing_id, reason_code
        ) = 1

),

-- Quarters between the first and the last that are known, and those that a filing reports or prints.
expected_quarters as (

    select
        company_id,
        quarter_no
    from spans_of_companies
    union
    select
        company_id,
        quarter_no
    from hindrances
    where preference > 1

),

missing_quarters as (

    select
        expected_quarters.company_id,
        {{ fiscal_year_of('expected_quarters.quarter_no') }} as fiscal_year,
        {{ fiscal_quarter_of('expected_quarters.quarter_no') }} as fiscal_quarter,
        null::integer as vintage,
        null::varchar as currency,
        null::varchar as fact_column,
        coalesce(first_hindrances.reason_code, 'no_filing') as reason_code,
        first_hindrances.known_from,
        first_hindrances.filing_id,
        null::varchar as value_id,
        first_hindrances.reason
    from expected_quarters
    left join known_quarters
        on
            expected_quarters.company_id = known_quarters.company_id
            and expected_quarters.quarter_no = known_quarters.quarter_no
    left join first_hindrances
        on
            expected_quarters.company_id = first_hindrances.company_id
            and expected_quarters.quarter_no = first_hindrances.quarter_no
    where known_quarters.company_id is null

),

unioned as (

    select * from missing_figures
    union all
    select * from missing_quarters

),

final as (

    select
        company_id,
        fiscal_year,
        fiscal_quarter,
        vintage,
        fact_column,
        reason_code,
        case reason_code
            when 'not_printed' then 'The filing prints no such line for this quarter, or none that was read as one.'
            when 'no_balance_sheet' then 'The filing prints no balance sheet of that day; another vintage may.'
            when 'unreadable' then 'The cell is damaged and no reading of it can be proven; its candidates: tieout explain.'
            when 'not_additive' then 'Per-share figures and average shares of periods do not subtract: they are never derived.'
            when 'operand_not_printed' then 'One of the periods that leave this quarter prints no such line.'
            when 'operand_unreadable' then 'One of the periods that leave this quarter has it in a damaged cell.'
            when 'bases_differ' then 'Of the periods that would leave this quarter one is restated and the other is not.'
            when 'operand_revised'
                then 'The earlier year to date was revised before the later one came out: their difference is no quarter.'
            when 'no_filing' then 'No accepted filing prints this quarter, and no two printed periods leave it.'
            when 'no_quarter_column'
                then
                    'The filing reports this quarter and has no income statement column of three months that was read; no two '
                    || 'printed periods leave it.'
            else 'Printed and left out. ' || reason
        end as reason,
        known_from,
        filing_id,
        value_id,
        currency
    from unioned

)

select * from final
order by company_id, fiscal_year, fiscal_quarter, currency, vintage, fact_column
