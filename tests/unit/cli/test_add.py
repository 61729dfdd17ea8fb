"""`tieout add`: the company that is meant, and what is said of each file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_tieout_here


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.htm"
    path.write_text("a release")
    return path


@pytest.mark.parametrize("said", [("--cik", "855654"), ("--cik", "0000855654"), ("--ticker", "imgn")])
def test_a_release_is_put_into_the_folder_of_its_company(tmp_path: Path, release: Path, said: tuple[str, str]) -> None:
    done = run_tieout_here("add", release, *said, "--raw", tmp_path / "raw")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("CIK 855654, ImmunoGen, Inc.\n")
    assert (tmp_path / "raw" / "0000855654" / "release.htm").read_text() == "a release"
    assert "there already as" in run_tieout_here("add", release, *said, "--raw", tmp_path / "raw").stdout


def test_one_file_that_cannot_be_added_keeps_no_other_out(tmp_path: Path, release: Path) -> None:
    done = run_tieout_here("add", tmp_path / "missing", release, "--cik", "7", "--raw", tmp_path / "raw")
    assert done.returncode == 1
    assert "missing: cannot be read" in done.stderr
    assert (tmp_path / "raw" / "0000000007" / "release.htm").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((), "one of --cik and --ticker"),
        (("--cik", "7", "--ticker", "A"), "one of --cik and --ticker"),
        (("--cik", "../7"), "is no CIK"),
        (("--cik", "0"), "is no CIK"),
        (("--ticker", "NOSUCH"), "tieout fetch NOSUCH"),
    ],
)
def test_no_company_is_a_usage_error_that_says_what_to_do(
    tmp_path: Path, release: Path, said: tuple[str, ...], why: str
) -> None:
    done = run_tieout_here("add", release, *said, "--raw", tmp_path / "raw")
    assert done.returncode == 2
    assert why in " ".join(done.stderr.replace("│", " ").split())
    assert not (tmp_path / "raw").exists()
