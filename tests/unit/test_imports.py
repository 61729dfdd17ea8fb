"""Imports run one way, as section 1 of the design says, and none of the dear ones is paid where it is not needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.store.readings import SHARED

# The reader's version is a digest of these too: what the reader uses and is not in this list would be read stale.
ROOT = Path(__file__).resolve().parents[2]
DEAR = {"dagster", "dagster_dbt", "dbt", "great_expectations", "pandas", "duckdb", "pyarrow"}
NETWORK = {"requests", "urllib", "http", "socket", "httpx", "aiohttp", "urllib3"}
PURE = {"dagster", "dagster_dbt", "dbt", "duckdb", "pandas", "pyarrow", "great_expectations"} | NETWORK


def modules(*folders):
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imports(path, *, top_level_only=False):
    """The modules that a file imports; without those under TYPE_CHECKING, and at will without those inside functions."""
    found = set()

    def visit(node):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if top_level_only and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def roots(names):
    return {name.split(".")[0] for name in names}


def named(path):
    return str(path.relative_to(ROOT))


def test_there_is_something_to_walk():
    assert len(modules("orchestration/filings")) > 10
    assert len(modules("expectations")) > 5


@pytest.mark.parametrize("path", modules("orchestration/filings"), ids=named)
def test_the_reader_is_pure(path):
    found = imports(path)
    assert not roots(found) & PURE
    ours = {name for name in found if name.split(".")[0] in ("orchestration", "expectations")}
    allowed = ("orchestration.filings", *(f"expectations.{name}" for name in SHARED))
    assert not {name for name in ours if not name.startswith(allowed) and name not in ("expectations", "orchestration")}


@pytest.mark.parametrize("path", modules("expectations"), ids=named)
def test_expectations_know_no_wiring(path):
    found = imports(path)
    assert not roots(found) & ({"dagster", "dagster_dbt", "dbt", "duckdb", "orchestration"} | NETWORK)


@pytest.mark.parametrize("name", SHARED)
def test_what_the_reader_shares_with_the_gates_is_plain(name):
    found = imports(ROOT / f"expectations/{name}.py")
    assert roots(found) <= {*sys.stdlib_module_names, "expectations"}
    assert rooms_of(found, "expectations.") <= set(SHARED)


def opens_duckdb(path):
    calls = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return any(ast.unparse(function) in ("duckdb.connect", "connect") for function in calls)


def test_one_room_opens_duckdb():
    found = {path.relative_to(ROOT).parts[1] for path in modules("orchestration", "expectations") if opens_duckdb(path)}
    assert found == {"warehouse"}


# What each room may import beside itself: the tree of the design, as data. A room that is not named here is a mistake.
ROOMS = {
    "definitions": {"defs"},
    "cli": {"defs", "build", "explain", "edgar", "warehouse", "store", "filings", "expectations"},
    "defs": {"definitions", "build", "edgar", "warehouse", "store", "filings", "expectations"},
    "build": {"warehouse", "store", "filings", "expectations"},
    "explain": {"warehouse", "store", "filings"},
    "edgar": {"store", "filings"},
    "warehouse": {"store", "filings", "expectations"},
    "store": {"filings"},
    "filings": {"expectations"},
    "expectations": set(),
}
READER_ROOMS = {
    "reader": {
        "acceptance",
        "announced",
        "company",
        "cover",
        "fiscal",
        "other_documents",
        "documents",
        "tables",
        "statements",
        "proof",
        "narrative",
        "compounds",
    },
    "acceptance": {"text", "documents", "other_documents", "statements"},
    "announced": {"documents", "cover", "other_documents", "statements", "text"},
    "other_documents": set(),
    "cover": {"text"},
    "company": {"text", "documents", "cover"},
    "fiscal": {"text"},
    "proof": {"text", "ocr", "tables", "statements"},
    "statements": {"text", "documents", "ocr", "tables", "fiscal"},
    "tables": {"text", "documents", "ocr"},
    "ocr": {"text", "documents"},
    "narrative": {"text", "documents"},
    "compounds": {"text", "documents"},
    "documents": {"text"},
    "text": set(),
    "records": set(),
    "vocabulary": set(),
}
LEAVES = {"records", "vocabulary"}


def places(base, depth):
    """Each module's room below a folder, with the rooms of what it imports."""
    for path in modules(base):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if len(parts) > depth and parts[depth] != "__init__":
            yield path, parts[depth], imports(path)


def rooms_of(found, prefix):
    """The rooms below a dotted prefix that some imported names lie in."""
    rest = (name.removeprefix(prefix).split(".")[0] for name in found if name.startswith(prefix))
    return {name for name in rest if name}


def test_every_room_imports_what_lies_below_it_and_nothing_else():
    walked = 0
    for path, room, found in places("orchestration", 1):
        used = rooms_of(found, "orchestration.") | ({"expectations"} & roots(found))
        assert used - {room} <= ROOMS[room], f"{named(path)} imports {sorted(used - {room} - ROOMS[room])}"
        walked += 1
    assert walked > 100


def test_the_rooms_of_the_reader_import_one_way():
    walked = 0
    for path, room, found in places("orchestration/filings", 2):
        used = {name for name in rooms_of(found, "orchestration.filings.") if name in READER_ROOMS} - LEAVES - {room}
        assert used <= READER_ROOMS[room], f"{named(path)} imports {sorted(used - READER_ROOMS[room])}"
        walked += 1
    assert walked > 70


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def circles(graph):
    """The sets of two or more nodes that all reach each other. `graph` holds the successors of each node."""
    reached = {}
    for start in graph:
        found, waiting = set(), [start]
        while waiting:
            new = graph[waiting.pop()] - found
            found |= new
            waiting += new
        reached[start] = found
    return {frozenset(other for other in reached[one] if one in reached[other]) for one in graph if one in reached[one]}


def test_no_modules_import_each_other_in_a_circle():
    """Late imports count, as they only hide a circle; those for annotations alone do not."""
    assert circles({1: {2}, 2: {3}, 3: {2}, 4: {1}}) == {frozenset({2, 3})}
    found = {module_name(path): imports(path) for path in modules("orchestration", "expectations")}
    assert circles({name: used & set(found) - {name} for name, used in found.items()}) == set()


def test_dagster_is_wired_in_its_own_room():
    wired = [path for path in modules("orchestration") if {"dagster", "dagster_dbt"} & roots(imports(path))]
    assert {path.relative_to(ROOT).parts[1] for path in wired} == {"defs", "definitions.py"}


# Imported late themselves, by what needs them.
LATE = {"orchestration/definitions.py", "expectations/gx_row_condition.py", "expectations/gx_runner.py"}


@pytest.mark.parametrize(
    "path",
    [path for path in modules("orchestration", "expectations") if "defs" not in path.parts and named(path) not in LATE],
    ids=named,
)
def test_dear_imports_come_late(path):
    assert not roots(imports(path, top_level_only=True)) & DEAR


@pytest.mark.parametrize(
    "module",
    ["orchestration.defs.run", "orchestration.cli.main", "orchestration.build.steps", "orchestration.warehouse.publication"],
)
def test_importing_a_module_pays_for_none_of_the_dear_ones(module):
    code = f"import sys, {module}; print(sorted(set({sorted(DEAR)!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_dbt_knows_no_python():
    assert not list((ROOT / "dbt_project").rglob("*.py"))
