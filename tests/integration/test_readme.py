"""What the README and docs/ say is true: commands run, outputs compare, links lead somewhere, nothing is undocumented."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from orchestration.cli import main as cli
from tests.conftest import ROOT, Built
from tests.integration.console_blocks import Block, blocks, documents, run

COMPARED = [block for block in blocks() if block.is_compared]
MAKE_COMMAND = re.compile(r"(?:^|`)(?:\$ )?make ([a-z]+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


def test_the_readme_shows_a_query_and_a_number_explained() -> None:
    shown = [command for block in COMPARED if block.file.name == "README.md" for command in block.commands]
    assert any("tieout sql " in command for command in shown)
    assert any("tieout explain " in command for command in shown)


@pytest.mark.parametrize("block", COMPARED, ids=lambda block: f"{block.file.name}:{block.line}")
def test_a_documented_command_prints_what_the_page_says(block: Block, built: Built) -> None:
    now = run(block.body, TIEOUT_WAREHOUSE=str(built.warehouse), TIEOUT_RAW=str(built.raw))
    assert now == block.body, "the page is out of date: `make docs` writes the real output into it; look at the difference"


@pytest.mark.parametrize(
    "block", [block for block in blocks() if not block.is_compared], ids=lambda block: f"{block.file.name}:{block.line}"
)
def test_a_command_that_is_not_compared_is_at_least_a_command(block: Block) -> None:
    assert block.commands
    for command in block.commands:
        program, *arguments = command.split()
        assert program in {"tieout", "make", "git", "cd", ".venv/bin/tieout"}, command
        if program.endswith("tieout"):
            assert arguments[0] in get_command(cli.app).commands, command


@pytest.mark.parametrize("page", documents(), ids=lambda page: page.name)
def test_every_make_target_a_page_names_exists(page: Path) -> None:
    for target in set(MAKE_COMMAND.findall(page.read_text())):
        done = subprocess.run(["make", "--dry-run", target], check=False, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, f"{page.name}: make {target}: {done.stderr}"


@pytest.mark.parametrize("page", documents(), ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text()
    group = get_command(cli.app)
    wanted = {name for parameter in group.params for name in parameter.opts}
    for name, command in group.commands.items():
        assert f"## `tieout {name}" in page, f"docs/commands.md has no section for `tieout {name}`"
        section = page.split(f"## `tieout {name}")[1].split("\n## ")[0]
        for parameter in command.params:
            label = (
                parameter.metavar.strip("[].")
                if parameter.param_type_name == "argument" and parameter.metavar
                else parameter.opts[0]
            )
            assert f"{label}" in section, f"docs/commands.md does not say what {label} of `tieout {name}` is"
    missing = sorted(option for option in wanted if option.startswith("--") and f"`{option}`" not in page)
    assert not missing, f"docs/commands.md does not say what {missing} are"
