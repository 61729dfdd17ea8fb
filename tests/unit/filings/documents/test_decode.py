"""Bytes -> text: encodings, and what is refused."""

from __future__ import annotations

import codecs
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.documents.decode import MAX_BYTES, NotText, decode
from orchestration.filings.text.normal import normal
from tests.unit.filings.made_up import REAL, real

TEXT = "FORM 8-K\n\nNet loss – diluted —\t$\t(1,234)\nCafé Müller 5% €3.2\n" * 20


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 BOM", "utf-16-le BOM", "utf-16-be BOM", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_every_encoding_gives_the_same_text(raw: bytes) -> None:
    assert decode(raw) == TEXT


def test_latin_1_letters_are_read() -> None:
    assert decode("Société Générale: 5 £\n".encode("latin-1")) == "Société Générale: 5 £\n"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_one_line_feed(end: str) -> None:
    assert decode(f"a{end}b{end}{end}c".encode()) == "a\nb\n\nc"


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n", b"\x00" * 1000, codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_input_is_refused(raw: bytes) -> None:
    with pytest.raises(NotText, match="empty") as refusal:
        decode(raw)
    assert refusal.value.code == "empty_file"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (gzip.compress(b"FORM 8-K" * 100, mtime=0), "gzip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Office"),
        (bytes(range(256)) * 40, "binary"),
        (b"FORM 8-K\n" + bytes(range(1, 9)) * 1000, "binary"),
    ],
)
def test_binary_input_is_refused_by_what_it_is(raw: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=kind) as refusal:
        decode(raw)
    assert refusal.value.code == "binary_file"
    assert "raw folder" in str(refusal.value)


def test_one_byte_more_than_the_limit_is_refused_and_the_limit_is_named() -> None:
    with pytest.raises(NotText, match=f"{MAX_BYTES:,}") as refusal:
        decode(b"a" * (MAX_BYTES + 1))
    assert refusal.value.code == "too_large"


def test_a_few_stray_control_characters_are_no_binary() -> None:
    assert "\x0c" in decode(b"FORM 8-K\n\x0c" + b"words and words\n" * 100)


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_the_real_filings_survive_utf_16(name: str, encoding: str) -> None:
    text = decode(real(name))
    assert decode(text.encode(encoding)) == text


@given(st.binary(max_size=400))
@settings(max_examples=100)
def test_bytes_are_either_read_or_refused(raw: bytes) -> None:
    try:
        text = decode(raw)
    except NotText as refusal:
        assert refusal.code in {"empty_file", "binary_file", "too_large", "pdf_broken"}
    else:
        assert "\r" not in text


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\u2028\u2029", exclude_categories=["Cc", "Cs", "Cf", "Zs"]).filter(
            lambda char: normal(char) == char
        ),
        min_size=1,
        max_size=200,
    )
)
@settings(max_examples=100)
def test_utf_8_text_comes_back_as_it_was(text: str) -> None:
    try:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
    except NotText:
        assert not text.strip("\ufeff \n\t\x00") or "\ufffd" in text


def test_marks_that_nobody_sees_and_blanks_of_other_widths_are_no_characters_of_a_figure() -> None:
    """`10\u2009386` was read as 10 on both sides of a balance sheet, which closed."""
    text = decode("Total\u200b assets\t10\u2009386\tcom\u00admon\t（１２，３４５）".encode())
    assert text == "Total assets\t10 386\tcommon\t(12,345)"
