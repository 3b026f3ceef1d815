"""The terms that RDF is written with: closed namespaces, our own and the reused ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox

from kg.vocabulary.files import index_files, ontology_files

BASE = "https://w3id.org/actors-kg/"
"""Where IRIs are minted, unless a store says otherwise."""
WIKIDATA = "http://www.wikidata.org/entity/"


class Terms:
    """A closed namespace: asking for a term that it does not hold is an error.

    >>> SKOS.prefLabel.value
    'http://www.w3.org/2004/02/skos/core#prefLabel'
    """

    def __init__(self, base: str, names: Iterable[str] | None = None) -> None:
        """Closes over `names`; None means the terms that `ontology/kg.ttl` defines."""
        self.base = base
        self._names = None if names is None else frozenset(names)

    def __getattr__(self, name: str) -> ox.NamedNode:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in (_defined(self.base) if self._names is None else self._names):
            raise AttributeError(f"There is no term {name!r} in {self.base}; define it before it is used.")
        node = ox.NamedNode(self.base + name)
        setattr(self, name, node)  # so that the next look-up finds it without coming here
        return node


KG = Terms(BASE + "ontology#")
RDF = Terms("http://www.w3.org/1999/02/22-rdf-syntax-ns#", ["type"])
RDFS = Terms(
    "http://www.w3.org/2000/01/rdf-schema#",
    ["comment", "domain", "label", "range", "subClassOf", "subPropertyOf"],
)
OWL = Terms(
    "http://www.w3.org/2002/07/owl#", ["Class", "inverseOf", "ObjectProperty", "sameAs", "SymmetricProperty"]
)
XSD = Terms(
    "http://www.w3.org/2001/XMLSchema#",
    ["anyURI", "boolean", "date", "dateTime", "decimal", "gYear", "gYearMonth", "integer", "string"],
)
SKOS = Terms(
    "http://www.w3.org/2004/02/skos/core#",
    [
        *("altLabel", "broadMatch", "closeMatch", "Concept", "definition", "exactMatch", "example"),
        *("broader", "inScheme", "notation", "prefLabel"),
    ],
)
PROV = Terms(
    "http://www.w3.org/ns/prov#",
    [
        *("Activity", "endedAtTime", "SoftwareAgent", "startedAtTime", "used"),
        *("wasAssociatedWith", "wasGeneratedBy", "wasInformedBy"),
    ],
)
NIF = Terms(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    ["anchorOf", "beginIndex", "Context", "endIndex", "isString", "Phrase", "referenceContext", "Sentence"],
)
SH = Terms("http://www.w3.org/ns/shacl#", ["declare", "namespace", "prefix"])
ITSRDF = Terms("http://www.w3.org/2005/11/its/rdf#", ["taIdentRef"])
SCHEMA = Terms(
    "https://schema.org/",
    [
        *("datePublished", "headline", "identifier", "license", "name", "NewsArticle"),
        *("publisher", "softwareVersion", "url"),
    ],
)

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "kg": KG.base,
        "plover": BASE + "plover#",
        "ent": BASE + "entity/",
        "art": BASE + "article/",
        "rel": BASE + "relation/",
        "rdf": RDF.base,
        "rdfs": RDFS.base,
        "owl": OWL.base,
        "xsd": XSD.base,
        "skos": SKOS.base,
        "prov": PROV.base,
        "nif": NIF.base,
        "itsrdf": ITSRDF.base,
        "schema": SCHEMA.base,
        "wd": WIKIDATA,
    }
)


@cache
def _defined(base: str) -> frozenset[str]:
    subjects = index_files(ontology_files(actors=False))
    return frozenset(iri.removeprefix(base) for iri in subjects if iri.startswith(base))
