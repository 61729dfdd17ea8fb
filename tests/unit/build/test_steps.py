"""The folders of builds: kept while somebody works on them, and the last few that failed."""

import os

from orchestration.build.steps import BuildRun, sweep
from orchestration.store.paths import Places


def test_builds_that_nobody_works_on_are_swept_but_for_the_last(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "0.txt").write_text("filing")
    places = Places.of(tmp_path / "raw", tmp_path / "warehouse" / "published.duckdb")
    for number in range(5):
        run = BuildRun(places, f"run{number}")
        run.list_raw()
        run.close()
        os.utime(run.folder, (number, number))
    living = BuildRun(places, "living")
    living.list_raw()
    sweep(places.builds, keep=2)
    assert {path.name for path in places.builds.iterdir()} == {"run3", "run4", "living"}


def test_a_step_finds_the_listing_of_the_step_before_in_another_process(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "0.txt").write_text("filing")
    places = Places.of(tmp_path / "raw", tmp_path / "warehouse" / "published.duckdb")
    listing = BuildRun(places, "run").list_raw()
    (tmp_path / "raw" / "1.txt").write_text("another, which came later")
    assert BuildRun(places, "run").listing() == listing
