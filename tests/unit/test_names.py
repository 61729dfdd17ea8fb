"""A class name means one thing in the whole project, as docs/decisions/names.md says."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def classes() -> dict[str, list[str]]:
    """The public classes of the project: name to the files that define it."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in ("orchestration", "expectations"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].append(path.relative_to(ROOT).as_posix())
    return found


def test_no_class_name_means_two_things() -> None:
    found = classes()
    assert len(found) > 150
    assert {name: files for name, files in found.items() if len(files) > 1} == {}
