"""Files are copied as they are into the folder of their company; none is written over, none leaves the raw folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.store.adding import add_file
from orchestration.store.errors import TieoutError
from orchestration.store.raw import MAX_FILING_BYTES

CIK = "0000050863"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.htm"
    path.write_bytes(b"a release\r\n")
    return path


def test_a_file_is_copied_byte_for_byte_and_once(tmp_path: Path, release: Path) -> None:
    target = tmp_path / "raw" / CIK / "release.htm"
    assert add_file(release, tmp_path / "raw", CIK) == (target, True)
    assert target.read_bytes() == release.read_bytes()
    other_name = release.rename(tmp_path / "again.htm")
    assert add_file(other_name, tmp_path / "raw", CIK) == (target, False)
    assert [path.name for path in target.parent.iterdir()] == ["release.htm"]


def test_nothing_is_written_over(tmp_path: Path, release: Path) -> None:
    target, _ = add_file(release, tmp_path / "raw", CIK)
    release.write_bytes(b"another release")
    with pytest.raises(TieoutError, match="is there with other bytes"):
        add_file(release, tmp_path / "raw", CIK)
    assert target.read_bytes() == b"a release\r\n"


def test_a_folder_that_is_a_link_out_of_the_raw_folder_is_refused(tmp_path: Path, release: Path) -> None:
    (tmp_path / "away").mkdir()
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / CIK).symlink_to(tmp_path / "away")
    with pytest.raises(TieoutError, match="leads out of"):
        add_file(release, tmp_path / "raw", CIK)
    assert not list((tmp_path / "away").iterdir())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.htm", "No such file"),
        (".", "no regular file"),
        (".hidden", "passes over"),
        ("README.txt", "passes over"),
        ("index.json", "passes over"),
        ("empty.htm", "is empty"),
        ("large.htm", "the limit is"),
    ],
)
def test_what_no_build_would_read_is_refused(tmp_path: Path, name: str, said: str) -> None:
    for made in (".hidden", "README.txt", "index.json"):
        (tmp_path / made).write_text("x")
    (tmp_path / "empty.htm").touch()
    with (tmp_path / "large.htm").open("wb") as file:
        file.truncate(MAX_FILING_BYTES + 1)
    with pytest.raises(TieoutError, match=said):
        add_file(tmp_path / name, tmp_path / "raw", CIK)
    assert not (tmp_path / "raw").exists()
