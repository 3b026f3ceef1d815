"""What every term of an ontology should have, beyond what OWL asks: words for people, ends, a shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from kg.reference.coverage import Coverage
from kg.reference.declarations import PROPERTIES, Declarations, Kind, read_declarations
from kg.reference.problems import Problem
from kg.reference.triples import KG, OWL, RDF, RDFS, SKOS, Triples, short

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_FORM = re.compile(r"[^\W\d_][\w'’./-]*(?: [\w'’./-]+)*")
_WIKIDATA = "http://www.wikidata.org/"
_WIKIDATA_OF: Mapping[Kind, re.Pattern[str]] = {
    Kind.CLASS: re.compile(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*"),
    **dict.fromkeys(PROPERTIES, re.compile(r"http://www\.wikidata\.org/entity/P[1-9][0-9]*")),
}
MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_FORMS = ("verb", "inverseVerb", "noun")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: the terms of an ontology, what is said of them, and the shapes that ask for them."""

    triples: Triples
    declarations: Declarations
    terms: tuple[str, ...]
    """The terms that the ontology defines itself, sorted."""
    coverage: Coverage | None
    """None where there are no shapes."""


Rule = Callable[[Subject], Iterator[Problem]]


def check_terms(triples: Triples, shapes: Triples | None = None) -> list[Problem]:
    """What the terms of an ontology lack; sorted, each once.

    Args:
        triples: The ontology with what it builds on.
        shapes: SHACL shapes; None where there are none, and then no term is asked for one.

    >>> check_terms(Triples({}))
    []
    """
    declarations = read_declarations(triples)
    terms = tuple(terms_of(triples))
    coverage = None if shapes is None else Coverage(triples, shapes, declarations)
    subject = Subject(triples, declarations, terms, coverage)
    return sorted({problem for rule in RULES for problem in rule(subject)})


def terms_of(triples: Triples) -> list[str]:
    """The terms that an ontology defines: what is given a type and not said to be defined by another; sorted.

    The ontologies themselves and what has no name are none.
    """
    return sorted(
        node.value
        for node, said in triples.said.items()
        if isinstance(node, ox.NamedNode)
        and RDF + "type" in said
        and RDFS + "isDefinedBy" not in said
        and ox.NamedNode(OWL + "Ontology") not in said[RDF + "type"]
    )


def labels(subject: Subject) -> Iterator[Problem]:
    """A term has one label in a language, and no other term of its kind has the same."""
    seen: dict[tuple[str, str], str] = {}
    for term in subject.terms:
        found = _labels(subject, term)
        if not found:
            yield _problem(term, "label", "It has no rdfs:label; give it one.")
        languages = [label.language for label in found]
        if len(languages) > len(set(languages)):
            yield _problem(term, "label", "It has two labels in one language; keep one.")
        kind = _group(subject, term)
        for label in found:
            other = seen.setdefault((kind, label.value), term)
            if other != term:
                message = f"Its label {label.value!r} is that of {short(other)}, too; change one of them."
                yield _problem(term, "label", message)


def definitions(subject: Subject) -> Iterator[Problem]:
    """A term has a definition."""
    for term in subject.terms:
        found = subject.triples.texts(ox.NamedNode(term), SKOS + "definition")
        if not found and not subject.triples.is_scheme(term):
            yield _problem(term, "definition", "It has no skos:definition; say in a sentence what it means.")


def examples(subject: Subject) -> Iterator[Problem]:
    """A term has an example; a code of a scheme is cited, not used, and needs none."""
    for term in subject.terms:
        if subject.triples.is_scheme(term) or _is_code(subject, term):
            continue
        if not subject.triples.texts(ox.NamedNode(term), SKOS + "example"):
            yield _problem(term, "example", "It has no skos:example; give one.")


def shapes(subject: Subject) -> Iterator[Problem]:
    """A term that graphs may hold has a shape; see `Coverage` for what counts as one."""
    if subject.coverage is None:
        return
    for term in subject.terms:
        if subject.triples.is_scheme(term) or _is_code(subject, term) or subject.coverage.covers(term):
            continue
        yield _problem(term, "shape", "No shape targets it or has it as path; add one to the shapes.")


def domains_and_ranges(subject: Subject) -> Iterator[Problem]:
    """A property of things or values says between what it holds."""
    for term in _properties(subject):
        for end in ("domain", "range"):
            if not subject.triples.objects(ox.NamedNode(term), RDFS + end):
                yield _problem(term, "domain and range", f"It has no rdfs:{end}; give it one.")


def inverses(subject: Subject) -> Iterator[Problem]:
    """An inverse is stated once, at the side that follows, and has the ends the other way round."""
    pairs = [(one, other) for one, other in subject.triples.having(OWL + "inverseOf") if _named(one, other)]
    for one, other in dict.fromkeys(pairs):
        term, partner = one.value, other.value
        if (other, one) in pairs and term < partner:
            yield _problem(
                term, "inverse", f"It and {short(partner)} both state the inverse; keep one of the two."
            )
        if len(set(subject.triples.iris(ox.NamedNode(term), OWL + "inverseOf"))) > 1:
            yield _problem(term, "inverse", "It is the inverse of two properties; keep one.")
        if {term, partner} & set(_symmetric(subject)):
            yield _problem(term, "inverse", "A symmetric property is its own inverse; drop one of the two.")
        if _is_extracted(subject, term) and not _is_extracted(subject, partner):
            message = f"It is read from articles, and {short(partner)} follows; state the inverse there."
            yield _problem(term, "inverse", message)
        if _ends(subject, term) != tuple(reversed(_ends(subject, partner))):
            message = f"Its domain and range are not those of {short(partner)} the other way round."
            yield _problem(term, "inverse", message)


def symmetry(subject: Subject) -> Iterator[Problem]:
    """What may be turned round has the same class at both ends: else OWL infers it."""
    for term in _symmetric(subject):
        domain, range_ = _ends(subject, term)
        if term in subject.terms and domain != range_:
            yield _problem(
                term, "symmetry", "It is symmetric, but its domain and range differ; make them one."
            )


def super_properties(subject: Subject) -> Iterator[Problem]:
    """The ends of a property lie within those of the property above it: else OWL infers it."""
    for term in _properties(subject):
        parents = subject.triples.iris(ox.NamedNode(term), RDFS + "subPropertyOf")
        for parent, end in product(parents, ("domain", "range")):
            for wanted in sorted(_wider(subject, term, parent, end)):
                message = f"Its {end} is not within {short(wanted)}, the {end} of {short(parent)} above it."
                yield _problem(term, "super-property", message)


def relation_classes(subject: Subject) -> Iterator[Problem]:
    """A property that is read from articles names a class of events or states."""
    tops = {KG + "Event", KG + "State"}
    for node, value in subject.triples.having(KG + "relationClass"):
        if not tops & subject.triples.above(value.value, RDFS + "subClassOf") - {value.value}:
            name = short(value.value)
            message = f"Its relation class {name} is not below kg:Event or kg:State; name one that is."
            yield _problem(node.value, "relation class", message)


def colours(subject: Subject) -> Iterator[Problem]:
    """A colour is written as #rrggbb."""
    for node, value in subject.triples.having(KG + "colour"):
        if not _COLOUR.fullmatch(value.value):
            yield _problem(node.value, "colour", f"Its colour is {value.value!r}; write it as '#rrggbb'.")


def forms(subject: Subject) -> Iterator[Problem]:
    """A lexical form is a sequence of lemmas in lower case, once at a term."""
    for name in _FORMS:
        for node, said in subject.triples.said.items():
            values = [value.value for value in said.get(KG + name, ())]
            wrong = {form for form in values if form != form.lower() or not _FORM.fullmatch(form)}
            for form in sorted(wrong):
                yield _problem(
                    node.value, "lexical form", f"The form {form!r} is no lemmas in lower case; correct it."
                )


def matches(subject: Subject) -> Iterator[Problem]:
    """A match leads to another vocabulary, once; in Wikidata properties to properties, classes to items."""
    for term in subject.terms:
        node = ox.NamedNode(term)
        found = [iri for name in MATCHES for iri in subject.triples.iris(node, SKOS + name)]
        kinds = subject.declarations.of(node)
        for iri in sorted(set(found)):
            if found.count(iri) > 1:
                yield _problem(term, "match", f"It is matched to {short(iri)} in two ways; keep one.")
            if iri.startswith(_WIKIDATA) and not any(
                _WIKIDATA_OF[k].fullmatch(iri) for k in kinds if k in _WIKIDATA_OF
            ):
                message = (
                    f"Its match {short(iri)} is no entity of Wikidata of its kind; properties match "
                    "http://www.wikidata.org/entity/P…, classes http://www.wikidata.org/entity/Q…."
                )
                yield _problem(term, "match", message)
        for name in MATCHES:
            for text in subject.triples.texts(node, SKOS + name):
                yield _problem(term, "match", f"Its match {text!r} is a text; write an IRI.")


RULES: tuple[Rule, ...] = (
    labels, definitions, examples, shapes, domains_and_ranges, inverses, symmetry, super_properties,
    relation_classes, colours, forms, matches,
)  # fmt: skip


def _labels(subject: Subject, term: str) -> list[ox.Literal]:
    node = ox.NamedNode(term)
    values = subject.triples.objects(node, RDFS + "label") or subject.triples.objects(
        node, SKOS + "prefLabel"
    )
    return [value for value in values if isinstance(value, ox.Literal)]


def _group(subject: Subject, term: str) -> str:
    """Terms of one group have different labels: classes, properties, the members of each class."""
    kinds = subject.declarations.of(ox.NamedNode(term))
    if kinds:
        return "class" if Kind.CLASS in kinds else "property"
    return " ".join(sorted(subject.triples.iris(ox.NamedNode(term), RDF + "type")))


def _is_code(subject: Subject, term: str) -> bool:
    """Whether a term is only a concept of a scheme, such as a CAMEO code: no node of a graph is one."""
    return set(subject.triples.iris(ox.NamedNode(term), RDF + "type")) == {SKOS + "Concept"}


def _properties(subject: Subject) -> list[str]:
    """The terms that are properties of things or values."""
    wanted = {Kind.OBJECT, Kind.DATA}
    return [term for term in subject.terms if subject.declarations.of(ox.NamedNode(term)) & wanted]


def _symmetric(subject: Subject) -> list[str]:
    return [node.value for node in subject.triples.of_type(OWL + "SymmetricProperty")]


def _is_extracted(subject: Subject, term: str) -> bool:
    return bool(subject.triples.objects(ox.NamedNode(term), KG + "relationClass"))


def _ends(subject: Subject, term: str) -> tuple[list[str], list[str]]:
    domain, range_ = (
        sorted(subject.triples.iris(ox.NamedNode(term), RDFS + end)) for end in ("domain", "range")
    )
    return domain, range_


def _wider(subject: Subject, term: str, parent: str, end: str) -> set[str]:
    """The classes at an end of the parent that none at the same end of the property is within."""
    own = subject.triples.iris(ox.NamedNode(term), RDFS + end)
    within = {above for kind in own for above in subject.triples.above(kind, RDFS + "subClassOf")}
    return (
        set(subject.triples.iris(ox.NamedNode(parent), RDFS + end)) - within - {RDFS + "Literal"}
        if own
        else set()
    )


def _named(*nodes: object) -> bool:
    return all(isinstance(node, ox.NamedNode) for node in nodes)


def _problem(term: str, rule: str, message: str) -> Problem:
    return Problem(term=short(term), rule=rule, message=message)
