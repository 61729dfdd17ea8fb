"""docs/fetch.md names every variable that is heeded and no reason for a refusal that does not exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "fetch.md").read_text(encoding="utf-8")
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "orchestration" / "edgar").glob("*.py")))


def test_every_variable_that_is_heeded_is_documented():
    heeded = set(re.findall(r'"((?:TIEOUT|EDGAR)_[A-Z_]+)"', CODE))
    assert len(heeded) > 5
    assert set(re.findall(r"`((?:TIEOUT|EDGAR)_[A-Z_]+)`", PAGE.split("## Settings")[1])) == heeded


def test_every_reason_that_the_page_gives_is_one_that_is_given():
    table = PAGE.split("## What is refused")[1].split("\n## ")[0]
    reasons = [
        code for line in table.splitlines() for code in re.findall(r"`(\w+)`", line.split("|")[1] if "|" in line else "")
    ]
    assert len(reasons) >= 10
    assert not [code for code in reasons if f'"{code}"' not in CODE]
