"""What the beginning of a body shows it to be."""

from __future__ import annotations

import multiprocessing

import pytest

from kg.articles.beginnings import begin_of, is_json_feed, is_page, is_xml_feed
from kg.articles.feeds import looks_like_feed
from kg.articles.formats import format_of


@pytest.mark.parametrize(
    ("begin", "found"),
    [
        ("\n<!DOCTYPE html>", "page"),
        ('<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<html lang="en">', "page"),
        ("<!-- <html> --><rss>", "feed"),
        ('<?xml version="1.0"?><?xml-stylesheet href="a.css"?><feed>', "feed"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "feed"),
        ("<rdf:RDF xmlns='a'>", "feed"),
        ('{"title": "A", "items": [], "version": "https://jsonfeed.org/version/1.1"}', "json"),
        ('{"version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "json"),
        ('{"text": "It says \\"version\\": \\"https://jsonfeed.org/version/1\\"."}', None),
        ('{"text": "See https://jsonfeed.org/version/1.1"}', None),
        ("<html5>", None),
        ("Ana met Bo. <html>", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_beginning_is_told(begin, found, encoding):
    text = begin_of(begin.encode(encoding))
    told = {"page": is_page(text), "feed": is_xml_feed(text), "json": is_json_feed(text)}
    assert [name for name, is_so in told.items() if is_so] == ([found] if found else [])


def _ask(head):
    looks_like_feed(head)
    format_of("-", head)
    is_page(begin_of(head))


LONG = (b"<!---->" * 500 + b"x", b"<?a?>" * 800, b"<!DOCTYPE a [" * 300, b'{"version"' * 400)


@pytest.mark.parametrize("head", LONG)
def test_many_comments_are_passed_over_in_no_time(head):
    """Ways to part comments double with each: 30 took minutes. In a process, which can be ended."""
    process = multiprocessing.get_context("fork").Process(target=_ask, args=(head,))
    process.start()
    process.join(60)
    is_done = not process.is_alive()
    process.kill()
    process.join()
    assert is_done
