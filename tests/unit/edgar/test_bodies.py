"""Bodies off the wire: whatever the coding and however they are cut into blocks, the same plain bytes, and never too many."""

import collections
import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.edgar.bodies import BodyDecoder, TruncatedBodyError
from orchestration.edgar.errors import RefusedError

CODERS = {"": bytes, "identity": bytes, "gzip": gzip.compress, "GZIP ": gzip.compress, "deflate": zlib.compress}


def blocks(body, size):
    return [body[at : at + size] for at in range(0, len(body), size)]


@given(st.binary(max_size=5000), st.integers(1, 700), st.sampled_from(sorted(CODERS)))
def test_every_coding_gives_the_same_bytes(body, size, coding):
    plain = BodyDecoder(coding, 5000, "x")
    found = b"".join(step for block in blocks(CODERS[coding](body), size) for step in plain.feed(block))
    plain.end()
    assert found == body


@given(st.binary(min_size=1, max_size=2000), st.data())
def test_a_compressed_body_that_stops_is_never_whole(body, data):
    packed = gzip.compress(body)
    kept = data.draw(st.integers(0, len(packed) - 1))
    plain = BodyDecoder("gzip", 5000, "x")
    with pytest.raises(TruncatedBodyError):
        for block in blocks(packed[:kept], 100):
            list(plain.feed(block))
        plain.end()


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_bound_is_exact(limit, size):
    plain = BodyDecoder("", limit, "x")
    if size <= limit:
        assert list(plain.feed(bytes(size))) == [bytes(size)]
    else:
        with pytest.raises(RefusedError, match="beyond the limit"):
            list(plain.feed(bytes(size)))


def test_a_bomb_is_refused_without_being_unpacked():
    bomb = gzip.compress(bytes(400_000_000), 9)
    plain = BodyDecoder("gzip", 32 * 1024 * 1024, "x")
    tracemalloc.start()
    with pytest.raises(RefusedError, match="beyond the limit"):
        collections.deque(plain.feed(bomb), maxlen=0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * 1024 * 1024


def test_bytes_after_the_end_are_no_whole_body():
    plain = BodyDecoder("gzip", 5000, "x")
    assert list(plain.feed(gzip.compress(b"one") + b"more")) == [b"one"]
    with pytest.raises(TruncatedBodyError):
        plain.end()


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "x" * 9999])
def test_a_coding_that_was_not_asked_for_is_refused(coding):
    with pytest.raises(RefusedError, match="not asked for"):
        BodyDecoder(coding, 5000, "x")
