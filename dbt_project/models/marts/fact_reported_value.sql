with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

reported_values as (

    select * from {{ ref('stg_reported_values') }}

),

attributions as (

    select * from {{ ref('stg_attributions') }}

),

final as (

    select
        reported_values.value_id,
        reported_values.cell_id,
        reported_values.filing_id,
        filings.company_id,
        reported_values.statement,
        reported_values.line_no,
        reported_values.label,
        reported_values.concept,
        reported_values.parent_concept,
        -- A date after the filing is misprinted or misread: better no date than one known to be false.
        case when reported_values.period_end <= filings.known_from then reported_values.period_end end as period_end,
        reported_values.duration_months,
        reported_values.value,
        reported_values.unit,
        reported_values.raw_text,
        reported_values.status,
        reported_values.proof_count,
        reported_values.is_proven,
        reported_values.is_gaap,
        reported_values.is_restated,
        reported_values.source_line,
        reported_values.source_start,
        reported_values.source_end,
        filings.known_from,
        reported_values.basis,
        reported_values.entity,
        reported_values.currency,
        reported_values.table_no,
        reported_values.column_no,
        attributions.period_witness,
        attributions.period_line,
        attributions.scale_witness,
        attributions.scale_line,
        attributions.currency_witness,
        attributions.currency_line,
        attributions.entity_witness,
        attributions.entity_line,
        attributions.basis_witness,
        attributions.basis_line,
        reported_values.source_page,
        reported_values.source_box
    from reported_values
    inner join filings on reported_values.filing_id = filings.filing_id
    left join attributions
        on
            reported_values.filing_id = attributions.filing_id
            and reported_values.table_no = attributions.table_no
            and reported_values.column_no = attributions.column_no

)

select * from final
order by value_id
