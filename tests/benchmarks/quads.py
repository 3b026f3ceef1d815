"""What the quads of a graph are for; `python -m tests.benchmarks.quads GRAPH` tells it of a graph on disk."""

from __future__ import annotations

import sys
from collections import Counter

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.store import Store
from kg.vocabulary import KG, NIF, RDF, SCHEMA

_KINDS = {
    KG.Relation: "relation nodes", NIF.Sentence: "evidence", NIF.Phrase: "mentions",
    KG.Appearance: "appearances", SCHEMA.NewsArticle: "articles",
}  # fmt: skip
"""By the type of their subject, the first that fits: a sentence that is a mention too is evidence."""


def quads_by_kind(data: ox.Store) -> Counter[str]:
    """How many quads each kind of subject takes; those of activities, judgements and builds are the rest."""
    kinds: dict[ox.NamedNode, str] = {}
    for node, kind in _KINDS.items():
        for quad in data.quads_for_pattern(None, RDF.type, node, None):
            kinds.setdefault(quad.subject, kind)
    return Counter(
        "default graph" if quad.graph_name == DEFAULT else kinds.get(quad.subject, "rest") for quad in data
    )


def table(data: ox.Store) -> str:
    """Quads a relation, in all and by kind, one a line."""
    found = quads_by_kind(data)
    relations = sum(1 for _ in data.quads_for_pattern(None, RDF.type, KG.Relation, None))
    lines = [("in all", found.total()), *found.most_common()]
    return "\n".join(f"{name:16}{count:10}{count / relations:9.1f} a relation" for name, count in lines)


if __name__ == "__main__":
    with Store.open(sys.argv[1]) as graph:
        sys.stdout.write(f"{table(graph.data)}\n")
