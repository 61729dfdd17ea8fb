"""What counts as a filing, what is refused, and what is said of an empty folder."""

import os

import pytest

from orchestration.store import raw
from orchestration.store.errors import NoFilingsError


def put(folder, **files):
    for name, body in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def test_filings_are_listed_by_path_with_size_and_digest(tmp_path):
    put(tmp_path, b__two_dot_txt=b"two", a_dot_htm=b"one")
    listing = raw.list_raw(tmp_path)
    assert [(file.source, file.size_bytes) for file in listing.files] == [("a.htm", 3), ("b/two.txt", 3)]
    assert listing.files[0].sha256 == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"


def test_companions_are_no_filings(tmp_path):
    put(
        tmp_path,
        a_dot_txt=b"one",
        a_dot_json=b"{}",
        README_dot_md=b"",
        _dot_gitkeep=b"",
        _dot_hidden__x=b"",
        sub___dot_DS_Store=b"",
    )
    listing = raw.list_raw(tmp_path)
    assert [file.source for file in listing.files] == ["a.txt"]
    assert not listing.refused


def test_the_first_path_of_equal_bytes_is_read(tmp_path):
    put(tmp_path, z_dot_txt=b"same", m__n_dot_txt=b"same", a_dot_txt=b"other")
    listing = raw.list_raw(tmp_path)
    assert {file.source: file.duplicate_of for file in listing.files} == {"a.txt": None, "m/n.txt": None, "z.txt": "m/n.txt"}
    assert [file.source for file in listing.filings] == ["a.txt", "m/n.txt"]


def test_links_that_leave_the_folder_are_refused(tmp_path):
    folder, outside = tmp_path / "raw", tmp_path / "outside"
    put(folder, a_dot_txt=b"one")
    put(outside, secret_dot_txt=b"secret")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "nothing.txt").symlink_to(outside / "nothing.txt")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    listing = raw.list_raw(folder)
    assert [file.source for file in listing.files] == ["a.txt", "inside.txt"]
    assert [(one.source, one.code) for one in listing.refused] == [
        ("file.txt", "link_refused"),
        ("folder", "link_refused"),
        ("nothing.txt", "file_unreadable"),
    ]


def test_a_pipe_is_refused_and_never_opened(tmp_path):
    put(tmp_path, a_dot_txt=b"one")
    os.mkfifo(tmp_path / "pipe")
    assert [(one.source, one.code) for one in raw.list_raw(tmp_path).refused] == [("pipe", "not_a_file")]


def test_a_name_that_is_no_utf8_is_escaped(tmp_path):
    (tmp_path / os.fsdecode(b"r\xe9sum\xe9.txt")).write_bytes(b"one")
    [file] = raw.list_raw(tmp_path).files
    assert file.source == "r\\xe9sum\\xe9.txt"


def test_a_file_of_50_mb_is_listed_but_too_large(tmp_path):
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    [found] = raw.list_raw(tmp_path).files
    assert found.is_too_large


@pytest.mark.parametrize("made", [True, False])
def test_an_empty_folder_says_so(tmp_path, made):
    folder = tmp_path / "raw"
    if made:
        put(folder, README_dot_md=b"")
    with pytest.raises(NoFilingsError, match=f"No filings in {folder}"):
        raw.list_raw(folder)


def test_the_digest_follows_names_and_bytes(tmp_path):
    put(tmp_path, a_dot_txt=b"one", b_dot_txt=b"two")
    before = raw.list_raw(tmp_path).digest
    assert raw.list_raw(tmp_path).digest == before
    (tmp_path / "b.txt").rename(tmp_path / "c.txt")
    assert raw.list_raw(tmp_path).digest != before


def test_a_folder_that_cannot_be_listed_is_told(tmp_path):
    """Its files were passed over without a trace."""
    errors = []
    assert list(raw.candidates(tmp_path / "not there", errors.append)) == []
    assert [error.filename for error in errors] == [str(tmp_path / "not there")]
