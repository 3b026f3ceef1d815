"""XML that is written piece by piece."""

import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.markup import Markup, allowed

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, TEXTS)
def test_text_and_attribute_come_back_as_they_were(one, other):
    out = io.BytesIO()
    with Markup(out).within("a", {"b": one, "none": None}) as markup:
        markup.leaf("c", {}, other)
    tree = ElementTree.fromstring(out.getvalue())
    assert (tree.attrib, tree[0].text or "") == ({"b": allowed(one)}, allowed(other))


@pytest.mark.parametrize("text", ["\t\n\r", "\x85\u2028", "\ud7ff\ue000\ufffd", "😀\U0010ffff"], ids=ascii)
def test_what_xml_allows_is_kept(text):
    assert allowed(text) == text


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"], ids=ascii)
def test_what_xml_forbids_is_left_out(text):
    assert allowed(f"a{text}b") == "ab"
