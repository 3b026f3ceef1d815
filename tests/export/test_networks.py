"""Relations as a network, and the files that graph programs read."""

import datetime
import io
import json
from collections import Counter

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.export.cytoscape import write_cytoscape
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.networks import network
from kg.types import Status
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity
from tests.export.drawn import hostile_statements, make_statements, read_gexf, statement_lists, texts_of

WORDS = load_vocabulary()


def test_parallel_edges_are_kept():
    graph = network(make_statements() + make_statements(status=Status.PLANNED))
    assert graph.number_of_edges("Ana_Bell", "Bo_Cole") == 2


def test_edge_bears_evidence_and_article():
    rows = make_statements(time="2026-04", place=make_entity("Oslo"), attribution=make_entity("Cy"))
    values = network(rows).edges["Ana_Bell", "Bo_Cole", 0]
    assert (values["predicate"], values["property"], values["status"]) == ("meet", "meets", "asserted")
    assert (values["time"], values["place"], values["attribution"]) == ("2026-04", "Oslo", "Cy")
    assert (values["time_start"], values["time_end"]) == (
        datetime.date(2026, 4, 1),
        datetime.date(2026, 4, 30),
    )
    assert (values["article"], values["date"]) == ("a1", datetime.date(2026, 4, 5))
    assert values["evidence"][values["start"] : values["end"]] == "Ana Bell met Bo Cole in Oslo."


def test_values_have_python_types():
    graph = network(make_statements(symmetric=True))
    kinds = {name: type(value) for name, value in graph.edges["Ana_Bell", "Bo_Cole", 0].items()}
    assert {name: kinds[name] for name in ("symmetric", "confidence", "start", "status", "place")} == {
        "symmetric": bool, "confidence": float, "start": int, "status": str, "place": type(None),
    }  # fmt: skip
    assert {type(value) for value in graph.nodes["Ana_Bell"].values()} == {str, tuple, type(None)}


def read_graphml(rows):
    out = io.BytesIO()
    write_graphml(rows, out)
    return nx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)


def read_written_gexf(rows):
    out = io.BytesIO()
    write_gexf(rows, out, WORDS)
    return read_gexf(out.getvalue())


def read_cytoscape(rows):
    out = io.BytesIO()
    write_cytoscape(rows, out)
    return nx.cytoscape_graph(json.loads(out.getvalue()))


RENAMED = {"evidence_start": "start", "evidence_end": "end"}
ADDED = frozenset({"id", "value", "shared_name", "source", "target", "key", "interaction", "spells"})
"""What a format asks for beside what the network has."""


def simple(graph, *, is_gexf=False):
    """Nodes and edges as they can be compared: by texts, without what a format adds of its own."""

    def plain(values):
        kept = {name: value for name, value in values.items() if name not in ADDED}
        if is_gexf:
            kept = {name: value for name, value in kept.items() if name not in {"start", "end"}}
            kept = {RENAMED.get(name, name): value for name, value in kept.items()}
        kept = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
        return json.dumps(texts_of(kept), sort_keys=True)

    nodes = {texts_of({"id": node}).get("id", ""): plain(values) for node, values in graph.nodes(data=True)}
    ends = [(texts_of({"s": s, "o": o}), plain(values)) for s, o, values in graph.edges(data=True)]
    return nodes, Counter((json.dumps(pair, sort_keys=True), values) for pair, values in ends)


@given(statement_lists())
@settings(max_examples=25)
def test_graphml_gives_the_network_back(rows):
    assert simple(read_graphml(rows)) == simple(network(rows))


@given(statement_lists())
@settings(max_examples=25)
def test_gexf_gives_the_network_back(rows):
    assert simple(read_written_gexf(rows), is_gexf=True) == simple(network(rows))


@given(statement_lists())
@settings(max_examples=25)
def test_cytoscape_gives_the_network_back(rows):
    assert simple(read_cytoscape(rows)) == simple(network(rows))


@pytest.mark.parametrize(
    "read", [read_graphml, read_written_gexf, read_cytoscape], ids=lambda read: read.__name__
)
def test_hostile_names_stay_names(read):
    rows = hostile_statements()
    assert simple(read(rows), is_gexf=read is read_written_gexf) == simple(network(rows))


def test_cytoscape_keeps_lists_and_tells_all_elements_apart():
    rows = make_statements() + make_statements()
    out = io.BytesIO()
    write_cytoscape(rows, out)
    elements = json.loads(out.getvalue())["elements"]
    ids = [element["data"]["id"] for kind in ("nodes", "edges") for element in elements[kind]]
    assert len(set(ids)) == len(ids) == 4
    assert elements["nodes"][0]["data"]["aliases"] == []
    assert {edge["data"]["interaction"] for edge in elements["edges"]} == {"CONSULT"}
