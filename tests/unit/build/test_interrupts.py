"""Ctrl-C is heard, whoever handles it."""

import os
import signal

import pytest

from orchestration.build import interrupts


def test_ctrl_c_is_noted_whoever_handles_it():
    heard = []
    before = signal.signal(signal.SIGINT, lambda *_: heard.append(1))
    try:
        assert not interrupts.was_pressed()
        with interrupts.watched():
            interrupts.raise_if_pressed()
            os.kill(os.getpid(), signal.SIGINT)
            assert heard == [1]
            assert interrupts.was_pressed()
            with pytest.raises(KeyboardInterrupt):
                interrupts.raise_if_pressed()
        assert not interrupts.was_pressed()
    finally:
        signal.signal(signal.SIGINT, before)
