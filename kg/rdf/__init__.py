"""Relations, entities and articles in RDF, and back; which graph says what. The store lives in `kg.store`."""

from __future__ import annotations

from kg.rdf.articles import Software, article_node, this_software
from kg.rdf.entities import merge_entities
from kg.rdf.iris import Kind, Part, mint, mint_part
from kg.rdf.mapping import default_quads, direct_triples, entities_of, graph_quads, read_extraction

__all__ = [
    "Kind",
    "Part",
    "Software",
    "article_node",
    "default_quads",
    "direct_triples",
    "entities_of",
    "graph_quads",
    "merge_entities",
    "mint",
    "mint_part",
    "read_extraction",
    "this_software",
]
