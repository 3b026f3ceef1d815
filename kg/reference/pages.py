"""What the reference pages say of a vocabulary; how it is written is in `rendering`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.reference.declarations import Kind
from kg.reference.facts import Facts, Link, read_facts
from kg.reference.lint import terms_of
from kg.reference.requirements import messages_by_term
from kg.reference.triples import DCTERMS, KG, OWL, RDF, RDFS, SKOS, VANN, Triples, package_files, read_triples
from kg.vocabulary import ontology_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term as its part of a page shows it."""

    name: str
    """Its name in the vocabulary, which is its anchor."""
    iri: str
    curie: str
    label: str
    kind: str
    """What it is, in words: `symmetric object property`."""
    definition: str
    examples: tuple[str, ...]
    colour: str | None
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    """Headings with what stands under them: domain, range, inverse, what is above and below, matches."""
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    """Kinds of lexical forms with the forms, sorted."""
    messages: tuple[str, ...]
    """What the shapes ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A term in the hierarchy, with those below it."""

    link: Link
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Terms of one kind."""

    title: str
    terms: tuple[Term, ...]
    tree: tuple[Branch, ...]
    """The same terms by what is above what; a term of two parents stands below both."""

    @property
    def anchor(self) -> str:
        """Its anchor, which no term has: it holds a blank's stand-in."""
        return "group-" + self.title.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A vocabulary as a page."""

    name: str
    """What its file is called: the last part of its IRI."""
    iri: str
    title: str
    description: str
    version: str | None
    prefix: str
    namespace: str
    source: str
    """The name of the file that defines it."""
    groups: tuple[Group, ...] = field(default=())

    @property
    def count(self) -> int:
        """How many terms it has."""
        return sum(len(group.terms) for group in self.groups)


def read_vocabularies(files: Sequence[Path] = (), *, shapes: Path | None = None) -> list[Vocabulary]:
    """The vocabularies of Turtle files that define terms, in the order of the files.

    Args:
        files: The files, each with a vocabulary; none for those of the package.
        shapes: SHACL shapes whose messages are told; None for the package's.

    Raises:
        VocabularyError: A file cannot be read, or is not Turtle.

    >>> [vocabulary.name for vocabulary in read_vocabularies()][0]
    'ontology'
    """
    paths = list(files) or package_files()
    messages = messages_by_term(read_triples([shapes or ontology_folder() / "shapes.ttl"]))
    whole = read_triples(paths)
    parts = {path: read_triples([path]) for path in paths}
    names = _named(parts)
    facts = read_facts(whole, {term: names[path] for path in paths for term in terms_of(parts[path])})
    found = (_vocabulary(path, parts[path], facts.at(names[path]), messages) for path in paths)
    return [vocabulary for vocabulary in found if vocabulary.groups]


def _named(parts: dict[Path, Triples]) -> dict[Path, str]:
    """For each file the name of its page: the end of its ontology's IRI, else its own; no name twice."""
    found: dict[Path, str] = {}
    for path, triples in parts.items():
        iris = [node.value.rstrip("#/").rpartition("/")[2] for node in triples.of_type(OWL + "Ontology")]
        name = next((iri for iri in iris if iri), path.stem)
        taken = sum(other.partition("-")[0] == name for other in found.values())
        found[path] = f"{name}-{taken + 1}" if taken else name
    return found


def _vocabulary(path: Path, triples: Triples, facts: Facts, messages: dict[str, list[str]]) -> Vocabulary:
    terms = terms_of(triples)
    namespace = terms[0].removesuffix(facts.name(terms[0])) if terms else ""
    node = next(iter(triples.of_type(OWL + "Ontology")), ox.NamedNode(namespace or "about:blank"))
    name = facts.page
    namespace = _one(triples.texts(node, VANN + "preferredNamespaceUri")) or namespace
    titles = [*triples.texts(node, DCTERMS + "title"), *triples.texts(node, RDFS + "label")]
    described = [term for term in terms if not facts.triples.is_scheme(term)]
    return Vocabulary(
        name=name,
        iri=node.value,
        title=_one(titles) or name,
        description=_one(triples.texts(node, DCTERMS + "description")) or "",
        version=_one(triples.texts(node, OWL + "versionInfo")),
        prefix=_one(triples.texts(node, VANN + "preferredNamespacePrefix")) or path.stem,
        namespace=namespace,
        source=path.name,
        groups=tuple(_groups(described, facts, messages)),
    )


def _groups(terms: list[str], facts: Facts, messages: dict[str, list[str]]) -> Iterable[Group]:
    by_group: dict[str, list[str]] = {}
    for term in terms:
        by_group.setdefault(_group_of(term, facts), []).append(term)
    for title in sorted(by_group, key=_ORDER.index):
        yield Group(
            title=title,
            terms=tuple(_term(term, facts, messages) for term in sorted(by_group[title], key=_by_name)),
            tree=_tree(by_group[title], facts),
        )


_ORDER = (
    *("Entity types", "Relation classes", "Other classes", "Individuals", "Codes"),
    *("Properties between entities", "Properties that follow", "Properties of relations and articles"),
    *("Properties with values", "Annotation properties"),
)


def _group_of(term: str, facts: Facts) -> str:
    kinds = facts.kinds.get(term, frozenset())
    if Kind.CLASS in kinds:
        above = facts.triples.above(term, RDFS + "subClassOf")
        tops = {KG + "Entity": "Entity types", KG + "Relation": "Relation classes"}
        return next((title for top, title in tops.items() if top in above), "Other classes")
    if Kind.OBJECT in kinds:
        if facts.triples.objects(ox.NamedNode(term), KG + "relationClass"):
            return "Properties between entities"
        follows = KG + "relatesTo" in facts.triples.above(term, RDFS + "subPropertyOf")
        return "Properties that follow" if follows else "Properties of relations and articles"
    if Kind.DATA in kinds:
        return "Properties with values"
    if Kind.ANNOTATION in kinds:
        return "Annotation properties"
    is_code = facts.triples.iris(ox.NamedNode(term), RDF + "type") == [SKOS + "Concept"]
    return "Codes" if is_code else "Individuals"


def _term(term: str, facts: Facts, messages: dict[str, list[str]]) -> Term:
    node, triples = ox.NamedNode(term), facts.triples
    link = facts.link(term)
    return Term(
        name=facts.name(term),
        iri=term,
        curie=link.text,
        label=facts.label(term),
        kind=facts.kind(term),
        definition=_one(triples.texts(node, SKOS + "definition")) or "",
        examples=tuple(triples.texts(node, SKOS + "example")),
        colour=_one(triples.texts(node, KG + "colour")),
        facts=tuple(facts.of(term)),
        forms=tuple(facts.forms(term)),
        messages=tuple(messages.get(term, ())),
    )


def _tree(terms: list[str], facts: Facts) -> tuple[Branch, ...]:
    within = set(terms)
    parents = {term: [parent for parent in facts.parents(term) if parent in within] for term in terms}
    below: dict[str, list[str]] = {}
    for term, above in parents.items():
        for parent in above:
            below.setdefault(parent, []).append(term)

    def branch(term: str, seen: frozenset[str]) -> Branch:
        children = [child for child in sorted(below.get(term, ()), key=_by_name) if child not in seen]
        return Branch(link=facts.link(term), below=tuple(branch(child, seen | {term}) for child in children))

    def reached(term: str, seen: frozenset[str]) -> frozenset[str]:
        for child in below.get(term, ()):
            seen = seen if child in seen else reached(child, seen | {child})
        return seen

    order = sorted(terms, key=lambda term: (bool(parents[term]), _by_name(term)))
    roots: list[str] = []
    found: frozenset[str] = frozenset()
    for term in order:  # what stands above itself in a circle has no top, and its first is taken for one
        if term not in found:
            roots.append(term)
            found = reached(term, found | {term})
    return tuple(branch(term, frozenset()) for term in roots)


def _by_name(term: str) -> tuple[str, str]:
    return term.lower(), term


def _one(texts: Sequence[str]) -> str | None:
    return texts[0] if texts else None
