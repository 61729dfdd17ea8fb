"""How many examples a property is tried on: few in `make test`, twenty times as many in `make test-long`.

Belongs here: the two profiles of Hypothesis. Does not belong here: strategies, or any test.
"""

from __future__ import annotations

from hypothesis import settings

SUITE_EXAMPLES = 50
"""What a property without a number of its own is tried on in the suite; Hypothesis itself would take 100."""

LONG_RUN = 20
"""How many times as many `--hypothesis-profile long` tries."""


def register_profiles() -> None:
    """Name the profiles and load that of the suite; in CI they keep what Hypothesis does there, the same draw every time.

    Neither has a deadline: a slow machine is no fault, and a hang is the matter of `hang_guard`.
    """
    settings.register_profile("suite", settings(), max_examples=SUITE_EXAMPLES, deadline=None)
    settings.register_profile("long", settings(), max_examples=SUITE_EXAMPLES * LONG_RUN, deadline=None)
    settings.load_profile("suite")


def examples(in_suite: int) -> int:
    """The examples of a property that costs more or less than most: `in_suite` in the suite, in a long run as many more."""
    return in_suite * settings().max_examples // SUITE_EXAMPLES
