"""Named questions find names by what is typed without their accents."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.store.spelling import spelled
from kg.vocabulary import SKOS

NAMES = ["Ana Béłl", "Ana Bel", "Zoë Özgür Cole", "Иван Норд", "Bo Cole"]


@pytest.fixture
def names() -> ox.Store:
    data = ox.Store()
    node = ox.NamedNode("https://example.org/a")
    data.extend(ox.Quad(node, SKOS.prefLabel, ox.Literal(name)) for name in NAMES)
    return data


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ana bell", ["ana béłl"]),
        ("Ana_Bell", ["ana béłl"]),
        ("ozgur", ["özgür"]),
        ("ivan", ["иван"]),
        ("Bó Cóle", ["bo cole"]),
        ("ana bel", ["ana bel"]),
        ("cole", ["cole"]),
        ("nobody", ["nobody"]),
        ("_", ["_"]),
    ],
)
def test_name_is_found_without_its_accents(names, typed, found):
    assert spelled(names, typed) == found
