"""How much evidence an accepted filing must have: the thresholds as data, each with its reason.

Belongs here: the numbers the suites compare against. Does not belong here: tolerances (there are none: rounding is an
interval, see `identities.py`) or the comparing itself. The reader imports this module and quarantines a filing below a
threshold; one that reaches the gate below its threshold stops the build.
"""

from __future__ import annotations

AS_READ_SHARE_AT_LEAST = 0.8
"""Share of a filing's values that are read off the page as they stand.

Identities recover cells. Each recovered cell spends an identity, and a statement of n lines under k totals has about n/k
lines to a total (4 to 6 in an earnings release). Beyond one recovered cell in five, most totals would have been spent
on their own parts, and what "closes" would close because it was made to.
"""

IDENTITIES_EVALUATED_AT_LEAST = 1
"""Identities that could be tested in a filing that prints a statement: with none, nothing of it was checked."""

PROSE_MATCHES_AT_LEAST = 1
"""Figures told in prose that agree with the statement, where the prose tells figures the statement prints.

Prose is the one evidence in a filing that no identity of the statement was spent on, so it is demanded where identities were
spent on inferring values. Elsewhere its lack is reported: prose that could not be linked makes no figure wrong.
"""

ACCEPTED_FILINGS_AT_LEAST = 1
"""Filings accepted in a build: with none, every other suite would pass because nothing was there."""
