"""The fingerprint of a graph: canonical, whatever the order, the size and the literals."""

from __future__ import annotations

import hashlib
import random
from itertools import pairwise

import pyld
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store import Store
from kg.store.fingerprint import fingerprint
from tests.builders import make_extraction

A, B, C, G = (ox.NamedNode(f"https://example.org/{name}") for name in "abcg")
NASTY = [
    "", "a\x00b", "tab\t line\n feed\r", 'q" \\ end\\', "\\u0041", "\x7f\x85\u2028", "\x01\x08\x0b\x0c\x1f",
    "\U0001f600\U0010ffff", "\ufffe\uffff", "{}<>'''", "é\u0301 é", "ab", "aB", "a b", "\ufeff",
]  # fmt: skip
UNLIKE = frozenset("\x00\x01\x08\t\x0b\x0c\x1f\x7f\ufffe\uffff")
PLAIN = [text for text in NASTY if not UNLIKE & set(text)]
"""Those that older rules (URDNA2015), which PyLD follows, escape as RDFC-1.0 does."""


def quads_of(texts) -> list[ox.Quad]:
    objects = [ox.Literal(text) for text in texts] + [
        ox.Literal("x", language="en-GB"),
        ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.NamedNode("https://example.org/ü"),
    ]
    return [ox.Quad(A, B, item, graph) for item in objects for graph in (ox.DefaultGraph(), G)]


def by_oxigraph(quads) -> str:
    """The fingerprint by Oxigraph's own canonicalization, sorted by code point."""
    data = ox.Dataset(quads)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{line}\n" for line in _written(data).split("\n") if line)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _written(data: ox.Dataset) -> str:
    return ox.serialize(data, format=ox.RdfFormat.N_QUADS).decode()


def by_pyld(quads) -> str:
    options = {
        "algorithm": "URDNA2015",
        "inputFormat": "application/n-quads",
        "format": "application/n-quads",
    }
    return hashlib.sha256(pyld.jsonld.normalize(_written(ox.Dataset(quads)), options).encode()).hexdigest()


def test_nasty_literals_are_escaped_as_the_recommendation_says():
    assert fingerprint(quads_of(NASTY)) == by_oxigraph(quads_of(NASTY))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\x00\x07\x0b\x0e\x1f\x7f", r"\u0000\u0007\u000B\u000E\u001F\u007F"),
        ("\b\t\n\f\r\"\\", r"\b\t\n\f\r\"\\"),
        ("\x80é\u2028", "\x80é\u2028"),
        ("\ufffe\uffff", r"\uFFFE\uFFFF"),
    ],
    ids=["controls", "short", "native", "no characters"],
)  # fmt: skip
def test_characters_are_written_in_their_canonical_form(text, written):
    line = f'<{A.value}> <{B.value}> "{written}" <{G.value}> .\n'
    assert fingerprint([ox.Quad(A, B, ox.Literal(text), G)]) == hashlib.sha256(line.encode()).hexdigest()


def test_another_implementation_gives_the_same():
    assert fingerprint(quads_of(PLAIN)) == by_pyld(quads_of(PLAIN))


def test_blank_nodes_get_canonical_labels():
    def ring(names):
        nodes = [ox.BlankNode(name) for name in names]
        around = [ox.Quad(one, B, other, G) for one, other in pairwise(nodes)]
        return [*quads_of(PLAIN), *around, ox.Quad(nodes[0], C, A, ox.DefaultGraph())]

    assert fingerprint(ring(["z", "y", "x"])) == fingerprint(ring(["k", "l", "m"])) == by_pyld(ring("abc"))
    assert fingerprint(ring(["z", "y", "x"])) != fingerprint(ring(["z", "y"]))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), unique=True), st.randoms())
def test_order_and_size_of_parts_do_not_matter(texts, order):
    quads = quads_of(texts)
    wanted = by_oxigraph(quads)
    order.shuffle(quads)
    assert {fingerprint(quads, chunk=chunk) for chunk in (1, 2, 7, 1000)} == {wanted}


def test_every_quad_counts():
    quads = quads_of(NASTY)
    random.Random(1).shuffle(quads)
    assert len({fingerprint(quads[:number]) for number in range(len(quads))}) == len(quads)


def test_fingerprint_of_a_store_is_that_of_its_quads():
    store = Store.in_memory()
    store.add(make_extraction())
    store.judge()
    assert store.fingerprint() == by_oxigraph(list(store.data))
