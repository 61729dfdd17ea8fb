"""A file is there whole or not at all, whatever happens on the way, and one process at a time holds a lock."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from orchestration.store import files

DIE = """
import os, sys
from pathlib import Path
from orchestration.store import files

with files.atomic_write(Path(sys.argv[1])) as file:
    file.write(b"new")
    file.flush()
    os._exit(9)
"""
HOLD = """
import sys, time
from pathlib import Path
from orchestration.store import files

held = files.lock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "file"
    found.write_bytes(b"before")
    return found


def test_a_file_is_replaced_once_it_is_written(path):
    with files.atomic_write(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"before"
        assert [name for name in names(path.parent) if name != "file"] == [f".file.{os.getpid()}.partial"]
    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["file"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_the_file_as_it_was(path, error):
    with pytest.raises(error), files.atomic_write(path) as file:
        file.write(b"half")
        raise error
    assert (path.read_bytes(), names(path.parent)) == (b"before", ["file"])


def test_a_target_that_cannot_be_replaced_leaves_no_partial_file(tmp_path):
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="folder"), files.atomic_write(tmp_path / "folder") as file:
        file.write(b"new")
    assert names(tmp_path) == ["folder"]


def test_a_process_that_dies_leaves_the_file_as_it_was(path):
    assert subprocess.run([sys.executable, "-c", DIE, path], check=False, timeout=60).returncode == 9
    assert path.read_bytes() == b"before"
    assert any(name.endswith(".partial") for name in names(path.parent))


def test_bytes_are_on_disk_before_the_name_and_the_name_before_the_end(path, monkeypatch):
    calls = []
    fsync, replace = os.fsync, type(path).replace

    def note_fsync(handle):
        is_folder = os.path.samestat(os.fstat(handle), path.parent.stat())
        calls.append("fsync folder" if is_folder else f"fsync {os.fstat(handle).st_size} bytes")
        fsync(handle)

    def note_replace(one, target):
        calls.append("replace")
        return replace(one, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(type(path), "replace", note_replace)
    with files.atomic_write(path) as file:
        file.write(b"new")
    assert calls == ["fsync 3 bytes", "replace", "fsync folder"]


def test_a_lock_is_held_by_one_until_it_is_closed(tmp_path):
    path = tmp_path / ".lock"
    with files.lock(path):
        assert files.try_lock(path) is None
    held = files.try_lock(path)
    assert held is not None
    held.close()


def test_the_lock_of_a_process_that_is_killed_is_free(tmp_path):
    path = tmp_path / ".lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        assert files.try_lock(path) is None
        process.send_signal(signal.SIGKILL)
    files.lock(path).close()


def test_whoever_waits_gets_the_lock_once_it_is_free(tmp_path):
    path, got = tmp_path / ".lock", []
    held = files.lock(path)
    waiting = threading.Thread(target=lambda: got.append(files.lock(path)))
    waiting.start()
    waiting.join(timeout=0.2)
    assert got == []
    held.close()
    waiting.join(timeout=60)
    assert files.try_lock(path) is None
    got[0].close()


def test_a_lock_file_that_its_holder_removes_is_made_anew(tmp_path):
    path, got = tmp_path / ".lock", []
    held = files.lock(path)
    waiting = threading.Thread(target=lambda: got.append(files.lock(path)))
    waiting.start()
    waiting.join(timeout=0.2)
    path.unlink()
    held.close()
    waiting.join(timeout=60)
    assert path.exists()
    assert files.try_lock(path) is None, "the lock that was got is that of the file that is there"
    got[0].close()


def test_a_link_in_the_place_of_a_lock_is_refused(tmp_path):
    (tmp_path / ".lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="lock"):
        files.lock(tmp_path / ".lock")
    assert not (tmp_path / "elsewhere").exists()


def test_a_lock_file_has_the_mode_it_is_asked_for(tmp_path):
    files.lock(tmp_path / ".lock", 0o600).close()
    assert (tmp_path / ".lock").stat().st_mode & 0o777 == 0o600
