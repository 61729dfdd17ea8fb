"""What may be kept: a whole submission, the right one, within bounds; wherever its blocks are cut."""

import re
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.edgar import bounds
from orchestration.edgar.errors import RefusedError
from orchestration.filings.documents.submission import MAX_DOCUMENTS
from tests import loopback_edgar

COMPANY = loopback_edgar.companies()[1]
FILING = COMPANY.filings[0]
SOUND = FILING.text
DOCUMENT = (
    b"<DOCUMENT>\n<TYPE>GRAPHIC\n<SEQUENCE>3\n<FILENAME>g1.jpg\n<TEXT>\nbegin 644 g1.jpg\nM__\nend\n</TEXT>\n</DOCUMENT>\n"
)


def check(tmp_path, text, accession=FILING.accession):
    path = tmp_path / "part"
    path.write_bytes(text)
    bounds.check(path, accession)


def code(tmp_path, text, accession=FILING.accession):
    with pytest.raises(RefusedError) as raised:
        check(tmp_path, text, accession)
    return raised.value.code


def with_documents(count):
    return SOUND.replace(b"</SEC-DOCUMENT>", DOCUMENT * count + b"</SEC-DOCUMENT>")


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        b"\n" + SOUND + b"\n\n",
        SOUND.replace(b"\n", b"\r\n"),
        b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
        + SOUND
        + b"-----END PRIVACY-ENHANCED MESSAGE-----\n",
        SOUND.replace(b"SEC-DOCUMENT", b"IMS-DOCUMENT"),
        with_documents(MAX_DOCUMENTS - 2),
        SOUND.replace(b"dex991.txt", b"d8k (2)_v1.0-final.htm"),
        SOUND.replace(b"<FILENAME>dex991.txt\n", b""),
    ],
    ids=[
        "as it is",
        "blank lines",
        "carriage returns",
        "armour",
        "older mark",
        "as many documents as may be",
        "long name",
        "no name",
    ],
)
def test_a_sound_submission_is_kept(tmp_path, text):
    check(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "not_a_submission"),
        (b"<!DOCTYPE html><html>", "not_a_submission"),
        (b"{}", "not_a_submission"),
        (SOUND[:-30], "cut_off"),
        (SOUND[: len(SOUND) // 2], "cut_off"),
        (SOUND.replace(FILING.accession.encode(), b"0009000002-99-000001"), "other_filing"),
        (re.sub(rb"ACCESSION NUMBER:.*\n", b"", SOUND), "other_filing"),
        (with_documents(MAX_DOCUMENTS - 1), "too_many_documents"),
    ],
)
def test_what_is_no_whole_submission_is_refused(tmp_path, text, why):
    assert code(tmp_path, text) == why


@given(cut=st.integers(1, len(SOUND) - 2))
def test_no_cut_text_is_taken_for_whole(tmp_path_factory, cut):
    assert code(tmp_path_factory.mktemp("cut"), SOUND[:cut]) in ("cut_off", "not_a_submission", "other_filing")


@given(size=st.integers(1, 400), count=st.integers(0, 12), is_bad=st.booleans())
def test_documents_and_names_are_seen_wherever_a_block_ends(tmp_path_factory, size, count, is_bad):
    folder = tmp_path_factory.mktemp("blocks")
    text = with_documents(count)
    if is_bad:
        text = text.replace(b"<FILENAME>dex991.txt", b"<FILENAME>../dex991.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "_BLOCK", size)
        patch.setattr(bounds, "MAX_DOCUMENTS", count + 2)
        assert (code(folder, text) == "filename_refused") if is_bad else check(folder, text) is None
        if not is_bad:
            patch.setattr(bounds, "MAX_DOCUMENTS", count + 1)
            assert code(folder, text) == "too_many_documents"


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a/b", "a\\b", "..", ".", ".hidden", "", "x" * 256, "x\x07", "\u202egpj.exe", "C:\\x"]
)
def test_a_name_that_is_no_plain_one_is_refused(tmp_path, name):
    assert code(tmp_path, SOUND.replace(b"dex991.txt", name.encode())) == "filename_refused"


@pytest.mark.parametrize(
    "inside",
    [
        b"<DOCUMENT>\n" * 2_900_000, b"<FILENAME>" * 3_000_000, b"<FILENAME>\n" * 2_900_000, b"<DOCUMENT>" * 3_000_000,
        b"\n" * 31_000_000,
    ],
    ids=["documents", "one long name", "names", "documents on a line", "blank lines"],
)  # fmt: skip
def test_the_largest_text_costs_little_time_and_memory(tmp_path, inside):
    path = tmp_path / "part"
    path.write_bytes(SOUND.replace(b"</SEC-DOCUMENT>", b"\n" + inside + b"\n</SEC-DOCUMENT>"))
    tracemalloc.start()
    began = time.process_time()
    try:
        bounds.check(path, FILING.accession)
    except RefusedError as error:
        assert error.code in ("too_many_documents", "filename_refused")
    seconds, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 10
    assert peak < 8 * 1024 * 1024
