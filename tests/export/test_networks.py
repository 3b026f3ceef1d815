"""Relations as a network, and as files for graph programs."""

import networkx as nx
import pytest

from kg.export.networks import network, write_gexf, write_graphml
from kg.export.records import Statement
from kg.types import Status
from tests.builders import make_entity, make_extraction


def statements(**fields):
    extraction = make_extraction(**fields)
    return [Statement(article=extraction.article, relation=relation) for relation in extraction.relations]


def test_parallel_edges_are_kept():
    graph = network(statements() + statements(status=Status.PLANNED))
    assert graph.number_of_edges("Ana_Bell", "Bo_Cole") == 2


def test_edge_bears_evidence_and_article():
    values = network(statements(time="2026-04", place=make_entity("Oslo"))).edges["Ana_Bell", "Bo_Cole", 0]
    assert (values["predicate"], values["property"], values["status"]) == ("meet", "meets", "asserted")
    assert (values["time"], values["place"], values["article"]) == ("2026-04", "Oslo", "a1")
    assert values["evidence"][values["start"] : values["end"]] == "Ana Bell met Bo Cole in Oslo."


@pytest.mark.parametrize(
    ("write", "read"), [(write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)], ids=["graphml", "gexf"]
)
def test_files_are_read_back(tmp_path, write, read):
    rows = statements(text="A \x01 & <b> “q”", ends=("Ana\x02 & Ö", "B")) + statements(
        ends=("Ana\x02 & Ö", "B")
    )
    write(rows, tmp_path / "graph.xml")
    graph = read(tmp_path / "graph.xml")
    assert graph.number_of_nodes() == 2
    assert min(values["evidence"] for *_, values in graph.edges(data=True)) == "A  & <b> “q”"
