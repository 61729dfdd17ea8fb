"""One pace for everybody: threads, tasks and processes, a pause for all, and files that are no help."""

import asyncio
import itertools
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.edgar.errors import EdgarSetupError, UnavailableError
from orchestration.edgar.pace import LONGEST_PAUSE, Pace

ROOT = Path(__file__).resolve().parents[3]
TAKE = """
import asyncio, sys, time
from pathlib import Path
from orchestration.edgar.pace import Pace
async def go():
    pace = Pace(Path(sys.argv[1]), float(sys.argv[2]), 60.0)
    for _ in range(int(sys.argv[3])):
        await pace.turn()
        print(time.time(), flush=True)
asyncio.run(go())
"""


def most_in_a_second(times):
    return max(sum(first <= one < first + 1.0 for one in times) for first in times)


async def turns(pace, count):
    taken = []
    for _ in range(count):
        await pace.turn()
        taken.append(time.time())
    return taken


def test_tasks_share_one_pace(tmp_path):
    async def all_of_them():
        paces = [Pace(tmp_path / "x.pace", 50.0, 60.0) for _ in range(4)]
        return sorted(itertools.chain(*await asyncio.gather(*(turns(pace, 10) for pace in paces))))

    taken = asyncio.run(all_of_them())
    assert len(taken) == 40
    assert taken[-1] - taken[0] >= 39 / 50.0 - 0.02


def test_processes_share_one_pace(tmp_path):
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, tmp_path / "x.pace", "10", "8"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    taken = sorted(float(line) for process in running for line in process.communicate(timeout=60)[0].split())
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(taken) == 24
    assert most_in_a_second(taken) <= 10


def test_a_pause_holds_for_those_who_wait_already(tmp_path):
    async def wait_and_pause():
        pace = Pace(tmp_path / "x.pace", 5.0, 60.0)
        await pace.turn()
        waiting = asyncio.create_task(turns(Pace(tmp_path / "x.pace", 5.0, 60.0), 1))
        await asyncio.sleep(0.05)
        pace.pause(0.6)
        began = time.time()
        [taken] = await waiting
        return taken - began

    assert asyncio.run(wait_and_pause()) > 0.55


def test_a_shorter_pause_does_not_shorten_a_longer_one(tmp_path):
    pace = Pace(tmp_path / "x.pace", 10.0, 1.0)
    pace.pause(500)
    pace.pause(1)
    with pytest.raises(UnavailableError, match=r"asked for a pause that lasts another (499|500) s"):
        asyncio.run(pace.turn())


def test_no_pause_is_longer_than_an_hour(tmp_path):
    pace = Pace(tmp_path / "x.pace", 10.0, LONGEST_PAUSE + 60)
    pace.pause(1e12)
    assert float((tmp_path / "x.pace").read_text()) <= time.time() + LONGEST_PAUSE


@pytest.mark.parametrize("said", ["", "garbage", "\x00" * 30, "nan", "99999999999999.000000\n", "-5"])
def test_a_file_that_says_nothing_sensible_stops_nobody(tmp_path, said):
    (tmp_path / "x.pace").write_text(said)
    began = time.monotonic()
    asyncio.run(turns(Pace(tmp_path / "x.pace", 20.0, 60.0), 3))
    assert 0.08 < time.monotonic() - began < 2


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EdgarSetupError, match="TIEOUT_STATE"):
        asyncio.run(Pace(tmp_path / "file" / "x.pace", 10.0, 60.0).turn())
