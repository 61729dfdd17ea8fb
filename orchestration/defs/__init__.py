"""Dagster wiring, one kind of thing a file. What a step does is not here: it is in `orchestration/build/steps.py` and below."""
