"""One module speaks HTTP, late; nothing else in the package knows a network, Dagster or a database."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NETWORK = {"httpx", "httpcore", "requests", "urllib3", "aiohttp", "socket", "http", "ssl"}
STRANGERS = {"dagster", "dagster_dbt", "dbt", "duckdb", "pandas", "pyarrow", "great_expectations"}


def roots(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).split(".")[0])
            if node.module == "urllib":
                found.update(alias.name for alias in node.names)
    return found


def test_one_module_speaks_http():
    modules = sorted((ROOT / "orchestration").rglob("*.py"))
    assert len(modules) > 40
    speaking = {str(path.relative_to(ROOT)) for path in modules if roots(path) & NETWORK}
    assert speaking == {"orchestration/edgar/client.py"}


def test_the_package_knows_no_wiring_and_no_database():
    modules = sorted((ROOT / "orchestration" / "edgar").glob("*.py"))
    assert len(modules) > 10
    assert not {str(path) for path in modules if roots(path) & STRANGERS}


def test_knowing_the_package_costs_nothing():
    dear = (NETWORK | STRANGERS) - {"socket", "ssl"}  # asyncio brings these two
    code = f"import sys, orchestration.edgar.fetch, orchestration.edgar.feed; print(sorted({dear!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
