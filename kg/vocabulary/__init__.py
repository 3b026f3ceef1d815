"""The ontology and the actor registry as plain records, and the terms that RDF is written with.

`ontology/*.ttl` and `ontology/actors/*.ttl` are the only definition; this package reads them once, when
first asked. What the records are used for (extraction, mapping, pages) does not live here.
"""

from __future__ import annotations

from kg.vocabulary.actors import override, read_actors
from kg.vocabulary.files import ontology_files, ontology_folder, own_prefixes, stamp
from kg.vocabulary.reading import load_vocabulary
from kg.vocabulary.records import Actor, Concept, Office, Property, RelationClass, Vocabulary
from kg.vocabulary.terms import (
    BASE,
    ITSRDF,
    KG,
    NIF,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    WIKIDATA,
    XSD,
    Terms,
)

__all__ = [
    "BASE",
    "ITSRDF",
    "KG",
    "NIF",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SKOS",
    "WIKIDATA",
    "XSD",
    "Actor",
    "Concept",
    "Office",
    "Property",
    "RelationClass",
    "Terms",
    "Vocabulary",
    "load_vocabulary",
    "ontology_files",
    "ontology_folder",
    "override",
    "own_prefixes",
    "read_actors",
    "stamp",
]
