"""The search itself: cheapest answers, and answers that a long search would not have found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.filings.proof import solver
from orchestration.filings.proof.solver import SolverLimitReached
from tests.unit.filings.made_up import by_cell, proven

TWO_RESULTS = """Condensed Consolidated Statements of Operations (in thousands)

\tThree Months Ended June 30,\t\tSix Months Ended June 30,\t
\t2011\t2010\t2011\t2010
Net sales\t758,783\t720,121\t368,586\t711,542
Cost of sales\t369,454\t122,197\t257,101\t90,692
Gross profit\t389,329\t597,924\t{gross}\t620,850
Research and development\t28,695\t73,075\t86,275\t26,236
Selling, general and administrative\t49,215\t42,556\t54,305\t3,417
Amortization of intangible assets\t2,704\t3,531\t148\t536
Total operating expenses\t80,614\t119,162\t140,728\t30,189
Income (loss) from operations\t308,715\t478,762\t{operating}\t590,661
Other income, net\t1,082\t1,495\t2,979\t1,228
Income (loss) before income taxes\t309,797\t480,257\t(26,264)\t591,889
Provision for income taxes\t427\t6,822\t4,312\t1,471
Net income (loss)\t309,370\t473,435\t(30,576)\t590,418
Net income (loss) per share, basic\t4.57\t5.64\t(0.63)\t17.92
Weighted average shares outstanding, basic\t67,672\t83,876\t48,808\t32,944
"""


def test_two_crossing_results_changed_in_one_column_are_both_mended() -> None:
    """Two changes close three sums: dearer than one change, cheaper than what is left broken."""
    found = by_cell(proven(TWO_RESULTS.format(gross="101,485", operating="(29,843)")))
    assert found["GrossProfit", 3].value == Decimal(111_485_000)
    assert found["OperatingIncomeLoss", 3].value == Decimal(-29_243_000)


def test_a_search_that_meets_its_limit_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "DETERMINISTIC_SECONDS", 0.0)
    found = by_cell(proven(TWO_RESULTS.format(gross="101,485", operating="(29,243)")))
    assert found["GrossProfit", 3].value != Decimal(111_485_000)
    assert found["GrossProfit", 3].proof_count == 0
    assert issubclass(SolverLimitReached, Exception)
