"""Submissions that EDGAR never accepted: bounded, refused with a reason, and nothing in them unpacked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.documents.exhibits import exhibits
from orchestration.filings.documents.submission import MAX_DOCUMENTS, read_submission
from tests import loopback_edgar
from tests.hang_guard import no_hang

SOUND = loopback_edgar.companies()[1].filings[0].text.decode()
END = "</SEC-DOCUMENT>"


def document(kind="GRAPHIC", name="g1.jpg", body="begin 644 g1.jpg\nM__\n`\nend\n"):
    return f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>3\n<FILENAME>{name}\n<TEXT>\n{body}</TEXT>\n</DOCUMENT>\n"


def with_more(*documents):
    return read_submission(text_with(*documents))


def text_with(*documents):
    return SOUND.replace(END, "".join(documents) + END)


def types_read(text):
    return [part.type for part in exhibits(read_submission(text), text).read]


def test_a_sound_submission_is_not_refused():
    found = read_submission(SOUND)
    assert types_read(SOUND) == ["8-K", "EX-99.1"]
    assert found.refusal is None


def test_as_many_documents_as_may_be_are_not_refused_and_one_more_is():
    assert with_more(*[document()] * (MAX_DOCUMENTS - 2)).refusal is None
    code, reason = with_more(*[document()] * (MAX_DOCUMENTS - 1)).refusal
    assert code == "too_many_documents"
    assert str(MAX_DOCUMENTS) in reason


@pytest.mark.parametrize("inside", ["<DOCUMENT>\n", "<DOCUMENT></DOCUMENT>\n", "<DOCUMENT>", document()])
def test_a_million_documents_are_refused_at_once(inside):
    text = SOUND.replace(END, inside * (1_000_000 if len(inside) < 30 else 200_000) + END)
    with no_hang(10):
        found = read_submission(text)
    assert found.refusal[0] == "too_many_documents"
    assert len(found.parts) == MAX_DOCUMENTS


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/b.txt", "a\\b.txt", "..", ".bashrc", "a\x07.txt", "x" * 300]
)
def test_a_name_that_is_a_path_is_refused(name):
    code, reason = with_more(document(name=name)).refusal
    assert code == "filename_refused"
    assert "/etc/passwd" not in name or "/etc/passwd" in reason


@pytest.mark.parametrize("name", ["d8k.htm", "ex99-1_q3 (final).htm", "g1.jpg", ""])
def test_a_plain_name_is_not(name):
    assert with_more(document(name=name)).refusal is None


@given(st.text(max_size=40))
def test_no_name_that_passes_can_leave_a_folder(name):
    found = with_more(document(name=name))
    if found.refusal is None:
        assert not any("/" in part.filename or "\\" in part.filename or part.filename.startswith(".") for part in found.parts)


@pytest.mark.parametrize(
    "body", ["begin 644 x.pdf\nM__\nend\n", "<PDF>\nbegin 644 x.pdf\nM__\nend\n</PDF>\n", "\n\n begin 0644 x\nM\n"]
)
def test_an_exhibit_that_is_uuencoded_is_not_read(body):
    assert "EX-99.2" not in types_read(text_with(document("EX-99.2", "x.pdf", body)))


@pytest.mark.parametrize("body", ["begin the year with 644 patients\n", "Results\nbegin 644 x\n", "<HTML>begin 644 x\n"])
def test_an_exhibit_that_only_speaks_of_beginning_is(body):
    assert "EX-99.2" in types_read(text_with(document("EX-99.2", "x.htm", body)))


def test_a_uuencoded_bomb_stays_the_text_it_is():
    bomb = text_with(document("EX-99.2", "x.pdf", "begin 644 x.pdf\n" + ("M" + "_" * 60 + "\n") * 450_000 + "end\n"))
    with no_hang(10):
        assert "EX-99.2" not in types_read(bomb)
    assert read_submission(bomb).refusal is None
