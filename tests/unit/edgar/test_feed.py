"""The feed of current filings: which entries are 8-Ks of whom, and what is no feed."""

import pytest

from orchestration.edgar.errors import RefusedError
from orchestration.edgar.feed import FeedEntry, parse
from tests import loopback_edgar
from tests.loopback_edgar import LoopbackEdgar


def feed(*pairs):
    edgar = LoopbackEdgar([], feed=list(pairs), url="https://www.sec.gov")
    return edgar.atom(0, 100)


ARDENT, BOREALIS, CINDER = loopback_edgar.companies()


def test_entries_become_filings_of_their_filers():
    body = feed((ARDENT, ARDENT.filings[0]), (CINDER, CINDER.filings[3]), (ARDENT, ARDENT.filings[10]))
    assert parse(body) == (
        [
            FeedEntry(ARDENT.filings[0].accession, "0009000001", "8-K"),
            FeedEntry(CINDER.filings[3].accession, "0009000003", "8-K/A"),
        ],
        3,
    )


def test_a_name_with_parentheses_and_accents_is_read():
    odd = loopback_edgar.LoopbackCompany(7, "Société (France) &amp; Co (0000000009) (Old)", "")
    assert parse(feed((odd, BOREALIS.filings[0])))[0] == [FeedEntry(BOREALIS.filings[0].accession, "0000000007", "8-K")]


def test_an_empty_feed_is_a_feed():
    assert parse(feed()) == ([], 0)


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><feed>&b;</feed>'
LATE = (
    b'<?xml version="1.0"?>'
    + b" " * 9000
    + b'<!DOCTYPE l [<!ENTITY a "a">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>'
)


@pytest.mark.parametrize(
    "body",
    [b"", b"<", b"<html></html>", b"<!DOCTYPE html><html></html>", b"{}", BOMB, LATE, b"<feed></feed>", feed()[:-9]],
)
def test_what_is_no_feed_is_refused(body):
    with pytest.raises(RefusedError, match="feed of current filings"):
        parse(body)


@pytest.mark.parametrize("old", [b"accession-number=0009000002-11-030800", b"(0009000002)", b'term="8-K"'])
def test_an_entry_that_does_not_say_whose_or_which_it_is_becomes_none(old):
    body = feed((BOREALIS, BOREALIS.filings[0]))
    assert old in body
    assert parse(body.replace(old, b'term="../8-K"' if b"term" in old else b"../../x")) == ([], 1)
