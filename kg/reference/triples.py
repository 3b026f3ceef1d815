"""The triples of ontology files, by subject, for what reads them as OWL 2 or as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.vocabulary import BASE, PREFIXES, ontology_folder
from kg.vocabulary import SH as SHACL

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Said: TypeAlias = dict[str, list[Value]]

KG, RDF, RDFS, OWL = (PREFIXES[name] for name in ("kg", "rdf", "rdfs", "owl"))
XSD, SKOS = (PREFIXES[name] for name in ("xsd", "skos"))
SH = SHACL.base
DCTERMS = "http://purl.org/dc/terms/"
VANN = "http://purl.org/vocab/vann/"

_SHORT: Mapping[str, str] = {
    **PREFIXES,
    "dcterms": DCTERMS,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "time": "http://www.w3.org/2006/time#",
    "cameo": BASE + "cameo#",
}


@dataclass(frozen=True, slots=True)
class Triples:
    """What files say, by subject and predicate, in the order of the text."""

    said: dict[Node, Said]

    def objects(self, subject: Node, predicate: str) -> list[Value]:
        """The objects of a subject and a predicate, each once."""
        return list(dict.fromkeys(self.said.get(subject, {}).get(predicate, ())))

    def nodes(self, subject: Node, predicate: str) -> list[Node]:
        """Those of the objects that are no literals."""
        return [value for value in self.objects(subject, predicate) if not isinstance(value, ox.Literal)]

    def iris(self, subject: Node, predicate: str) -> list[str]:
        """Those of the objects that have an IRI."""
        return [value.value for value in self.objects(subject, predicate) if isinstance(value, ox.NamedNode)]

    def texts(self, subject: Node, predicate: str) -> list[str]:
        """Those of the objects that are literals."""
        return [value.value for value in self.objects(subject, predicate) if isinstance(value, ox.Literal)]

    def having(self, predicate: str) -> Iterator[tuple[Node, Value]]:
        """Subject and object of each triple with a predicate."""
        for subject, said in self.said.items():
            for value in said.get(predicate, ()):
                yield subject, value

    def of_type(self, kind: str) -> list[Node]:
        """The subjects that are said to be of a class."""
        return [s for s, said in self.said.items() if ox.NamedNode(kind) in said.get(RDF + "type", ())]

    def is_scheme(self, term: str) -> bool:
        """Whether a term is a scheme of concepts, which a page tells in its head."""
        return SKOS + "ConceptScheme" in self.iris(ox.NamedNode(term), RDF + "type")

    def listed(self, head: Value) -> list[Value]:
        """The members of an RDF list; those up to where it breaks off."""
        found: list[Value] = []
        seen: set[Value] = set()
        while isinstance(head, ox.BlankNode) and head not in seen:
            seen.add(head)
            found += self.objects(head, RDF + "first")[:1]
            head = next(iter(self.objects(head, RDF + "rest")), head)
        return found

    def above(self, term: str, predicate: str) -> set[str]:
        """A term and all that stand above it by a predicate, such as rdfs:subClassOf."""
        found, waiting = {term}, [term]
        while waiting:
            new = set(self.iris(ox.NamedNode(waiting.pop()), predicate)) - found
            found |= new
            waiting.extend(new)
        return found


def package_files() -> list[Path]:
    """The vocabularies of the package, `kg.ttl` first, without the shapes.

    >>> package_files()[0].name
    'kg.ttl'
    """
    found = (path for path in ontology_folder().glob("*.ttl") if path.name != "shapes.ttl")
    return sorted(found, key=lambda path: (path.stem != "kg", path.name))


def read_triples(paths: Iterable[Path]) -> Triples:
    """The triples of Turtle files together.

    Raises:
        VocabularyError: A file cannot be read, or is not Turtle.
    """
    said: dict[Node, Said] = {}
    for path in paths:
        for quad in _parsed(path):
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                said.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return Triples(said)


def short(iri: str) -> str:
    """An IRI with its prefix, where there is one for it.

    >>> short("http://www.w3.org/2002/07/owl#Class")
    'owl:Class'
    """
    for prefix, base in _SHORT.items():
        if iri.startswith(base) and iri != base:
            return f"{prefix}:{iri.removeprefix(base)}"
    return f"<{iri}>"


def _parsed(path: Path) -> Iterator[ox.Quad]:
    try:
        # Labels of blank nodes are of one file only.
        yield from ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    except SyntaxError as error:
        raise VocabularyError(f"{path}, line {error.lineno}: {error.msg}; correct the Turtle.") from error
    except (OSError, ValueError) as error:
        raise VocabularyError(f"The ontology file {path} cannot be read: {error}.") from error
