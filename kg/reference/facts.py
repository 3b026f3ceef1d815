"""What an ontology says of a term, as headings with links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.reference.declarations import Kind, read_declarations
from kg.reference.lint import MATCHES
from kg.reference.triples import KG, OWL, RDF, RDFS, SKOS, Triples, short
from kg.vocabulary.checks import local_name

_CHARACTERS = (*("Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Transitive", "Irreflexive"),)
_KINDS: Mapping[str, str] = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "object property",
    OWL + "DatatypeProperty": "datatype property",
    OWL + "AnnotationProperty": "annotation property",
}
_OUTWARD: tuple[tuple[str, str], ...] = (
    ("Subclass of", RDFS + "subClassOf"),
    ("Subproperty of", RDFS + "subPropertyOf"),
    ("Domain", RDFS + "domain"),
    ("Range", RDFS + "range"),
    ("Subject read as", KG + "subjectType"),
    ("Relation class", KG + "relationClass"),
    ("Broader", SKOS + "broader"),
    ("Narrower", SKOS + "narrower"),
    *((f"{name.removesuffix('Match').capitalize()} match", SKOS + name) for name in MATCHES),
)
_INWARD: tuple[tuple[str, str], ...] = (
    ("Subclasses", RDFS + "subClassOf"),
    ("Subproperties", RDFS + "subPropertyOf"),
    ("Domain of", RDFS + "domain"),
    ("Range of", RDFS + "range"),
    ("Properties", KG + "relationClass"),
    ("Members", RDF + "type"),
)
_FORMS = (("Verbs", "verb"), ("Verbs from the other end", "inverseVerb"), ("Nouns", "noun"))


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a term."""

    text: str
    href: str
    """An anchor of the same page (`#meets`), a page and its anchor (`plover#CONSULT`), or an IRI in full."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of terms, with links as they are on one page."""

    triples: Triples
    homes: Mapping[str, str]
    """The name of the page of each term that has one."""
    kinds: Mapping[str, frozenset[Kind]]
    inward: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By predicate and object the subjects with a name."""
    page: str = ""

    def at(self, page: str) -> Facts:
        """The same with links from a page."""
        return replace(self, page=page)

    def of(self, term: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """The headings with their links, those with none left out."""
        node = ox.NamedNode(term)
        for heading, predicate in _OUTWARD:
            yield from self._fact(heading, self.triples.iris(node, predicate))
        yield from self._fact("Inverse of", self._inverses(term))
        for heading, predicate in _INWARD:
            yield from self._fact(heading, self._pointing(term, predicate))
        notations = self.triples.texts(node, SKOS + "notation")
        if notations:
            yield "Notation", tuple(Link(text, "") for text in notations)

    def forms(self, term: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The kinds of lexical forms that a term has, with the forms."""
        for heading, name in _FORMS:
            found = sorted(set(self.triples.texts(ox.NamedNode(term), KG + name)))
            if found:
                yield heading, tuple(found)

    def kind(self, term: str) -> str:
        """What a term is, in words."""
        types = self.triples.iris(ox.NamedNode(term), RDF + "type")
        kinds = [_KINDS[type_] for type_ in types if type_ in _KINDS]
        if not kinds:
            return ", ".join(self.label(type_) for type_ in types)
        traits = [name.lower() for name in _CHARACTERS if f"{OWL}{name}Property" in types]
        return (
            " ".join([", ".join(traits), *kinds]).strip().replace("inversefunctional", "inverse functional")
        )

    def label(self, term: str) -> str:
        """The label of a term, else its short name."""
        node = ox.NamedNode(term)
        found = [*self.triples.texts(node, RDFS + "label"), *self.triples.texts(node, SKOS + "prefLabel")]
        return found[0] if found else short(term)

    def name(self, term: str) -> str:
        """The name of a term in its vocabulary."""
        return local_name(term)

    def link(self, term: str) -> Link:
        """A link to a term from the page."""
        home = self.homes.get(term)
        if home is None:
            return Link(short(term), term)
        page = "" if home == self.page else home
        return Link(short(term), f"{page}#{self.name(term)}", self.label(term))

    def parents(self, term: str) -> list[str]:
        """What stands right above a term."""
        node = ox.NamedNode(term)
        above = (RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "broader")
        stated = [iri for predicate in above for iri in self.triples.iris(node, predicate)]
        return list(dict.fromkeys([*stated, *self._pointing(term, SKOS + "narrower")]))

    def _fact(self, heading: str, terms: list[str]) -> Iterator[tuple[str, tuple[Link, ...]]]:
        if terms:
            order = sorted(set(terms), key=lambda term: (term not in self.homes, term.lower(), term))
            yield heading, tuple(self.link(term) for term in order)

    def _inverses(self, term: str) -> list[str]:
        stated = self.triples.iris(ox.NamedNode(term), OWL + "inverseOf")
        return [*stated, *self._pointing(term, OWL + "inverseOf")]

    def _pointing(self, term: str, predicate: str) -> list[str]:
        return list(self.inward.get(predicate, {}).get(term, ()))


def read_facts(triples: Triples, homes: Mapping[str, str]) -> Facts:
    """The facts of triples, with an index of what points where.

    >>> read_facts(Triples({}), {}).name("https://example.org/terms#eats")
    'eats'
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    for subject, said in triples.said.items():
        pairs = ((predicate, value) for predicate, values in said.items() for value in values)
        for predicate, value in pairs:
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                found.setdefault(predicate, {}).setdefault(value.value, {})[subject.value] = None
    inward = {name: {iri: tuple(subjects) for iri, subjects in by.items()} for name, by in found.items()}
    return Facts(triples, homes, read_declarations(triples).kinds, inward)
