"""Whether an ontology is in the profile OWL 2 RL, and in OWL 2 DL, which the profile is a part of.

Rules follow OWL 2 Web Ontology Language: Profiles (second edition), section 4.2; Structural Specification,
sections 5.8 (typing), 9 (axioms) and 11 (global restrictions); and Mapping to RDF Graphs, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.reference.declarations import PROPERTIES, RL_DATATYPES, Declarations, Kind, read_declarations
from kg.reference.expressions import Expressions, Position
from kg.reference.hierarchy import irregular_chains, restricted_uses
from kg.reference.problems import Problem
from kg.reference.triples import OWL, RDF, RDFS, Node, Triples, Value, short

RL, DL = "OWL 2 RL", "OWL 2 DL"

_RESERVED = (RDF, RDFS, OWL)


@dataclass(frozen=True, slots=True)
class Ontology:
    """The triples of an ontology as OWL reads them."""

    triples: Triples
    declarations: Declarations
    expressions: Expressions


Rule = Callable[[Ontology], Iterator[Problem]]


def check_profile(triples: Triples) -> list[Problem]:
    """Where an ontology leaves OWL 2 RL or OWL 2 DL; sorted, each once.

    The triples are those of the ontology with all that it imports: what is used must be declared in them.

    >>> check_profile(Triples({}))
    []
    """
    declarations = read_declarations(triples)
    ontology = Ontology(triples, declarations, Expressions(triples, declarations))
    return sorted({problem for rule in RULES for problem in rule(ontology)})


def declared_properties(ontology: Ontology) -> Iterator[Problem]:
    """Whatever is used as a property is declared as one."""
    for subject, said in ontology.triples.said.items():
        for predicate, values in said.items():
            if predicate.startswith(_RESERVED) and not ontology.declarations.kinds.get(predicate):
                continue
            kinds = ontology.declarations.kinds.get(predicate, frozenset()) & set(PROPERTIES)
            if not kinds:
                yield _dl(predicate, "It is used as a property, but declared nowhere; declare it.")
            yield from _wrong_values(subject, predicate, values, kinds)


def declared_classes(ontology: Ontology) -> Iterator[Problem]:
    """Whatever is used as a class is declared as one."""
    for node in _used_classes(ontology):
        for name in ontology.expressions.named_in(node):
            if Kind.CLASS not in ontology.declarations.of(name):
                yield _dl(name.value, "It is used as a class, but not declared as owl:Class; declare it.")


def declared_ends(ontology: Ontology) -> Iterator[Problem]:
    """What property axioms speak of are properties, and of one kind."""
    for predicate in ("subPropertyOf", "equivalentProperty", "propertyDisjointWith", "inverseOf"):
        base = RDFS if predicate == "subPropertyOf" else OWL
        for subject, value in ontology.triples.having(base + predicate):
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                yield from _unlike(ontology, subject, value, predicate)


def declared_members(ontology: Ontology) -> Iterator[Problem]:
    """Properties in restrictions, chains, keys and lists of disjoint ones are declared, too."""
    triples = ontology.triples
    used = [value for _, value in triples.having(OWL + "onProperty")]
    for predicate in ("propertyChainAxiom", "hasKey"):
        used += [step for _, head in triples.having(OWL + predicate) for step in triples.listed(head)]
    for node in triples.of_type(OWL + "AllDisjointProperties"):
        used += _members(ontology, node)
    for value in used:
        is_name = isinstance(value, ox.NamedNode)
        if is_name and not ontology.declarations.of(value) & {Kind.OBJECT, Kind.DATA}:
            yield _dl(value.value, "It is used as a property, but declared nowhere; declare it.")


def kinds_apart(ontology: Ontology) -> Iterator[Problem]:
    """No name is a class and a datatype, or a property of two kinds."""
    for iri, kinds in ontology.declarations.kinds.items():
        for group in ((Kind.CLASS, Kind.DATATYPE), PROPERTIES):
            found = [kind for kind in group if kind in kinds]
            if len(found) > 1:
                yield _dl(iri, f"It is declared as {' and as '.join(found)}; keep one.")


def class_axioms(ontology: Ontology) -> Iterator[Problem]:
    """Class expressions stand where rules can follow them."""
    for subject, predicate, left, right in (
        ("subClassOf", RDFS + "subClassOf", Position.SUB, Position.SUPER),
        ("disjointWith", OWL + "disjointWith", Position.SUB, Position.SUB),
        ("equivalentClass", OWL + "equivalentClass", Position.EQUIVALENT, Position.EQUIVALENT),
    ):
        for node, value in ontology.triples.having(predicate):
            if Kind.DATATYPE in ontology.declarations.of(node):
                faults = list(ontology.expressions.data_faults(value))
            else:
                faults = [
                    *ontology.expressions.class_faults(node, left),
                    *ontology.expressions.class_faults(value, right),
                ]
            yield from (_rl(node, f"In {subject}, {fault}.") for fault in faults)


def member_axioms(ontology: Ontology) -> Iterator[Problem]:
    """The members of disjoint classes, and keys, stand as subclasses."""
    for node in ontology.triples.of_type(OWL + "AllDisjointClasses"):
        for member in _members(ontology, node):
            for fault in ontology.expressions.class_faults(member, Position.SUB):
                yield _rl(node, f"In owl:AllDisjointClasses, {fault}.")
    for node, _ in ontology.triples.having(OWL + "hasKey"):
        for fault in ontology.expressions.class_faults(node, Position.SUB):
            yield _rl(node, f"In owl:hasKey, {fault}.")


def assertions(ontology: Ontology) -> Iterator[Problem]:
    """What an individual is said to be is a superclass."""
    for node, value in ontology.triples.having(RDF + "type"):
        if isinstance(value, ox.BlankNode) or value.value == OWL + "Thing":
            for fault in ontology.expressions.class_faults(value, Position.SUPER):
                yield _rl(node, f"In its type, {fault}.")


def ends(ontology: Ontology) -> Iterator[Problem]:
    """Domains are superclasses; so are ranges of object properties, and those of the others data ranges."""
    for predicate in ("domain", "range"):
        for node, value in ontology.triples.having(RDFS + predicate):
            kinds = ontology.declarations.of(node)
            if Kind.ANNOTATION in kinds:
                faults = (
                    [] if isinstance(value, ox.NamedNode) else ["an annotation property takes a name only"]
                )
            elif Kind.DATA in kinds and predicate == "range":
                faults = list(ontology.expressions.data_faults(value))
            else:
                faults = list(ontology.expressions.class_faults(value, Position.SUPER))
            yield from (_rl(node, f"In its {predicate}, {fault}.") for fault in faults)


def unsupported(ontology: Ontology) -> Iterator[Problem]:
    """No axiom that the profile leaves out."""
    for node, _ in ontology.triples.having(OWL + "disjointUnionOf"):
        yield _rl(
            node, "owl:disjointUnionOf is not in the profile; state its subclasses as such, and disjoint."
        )
    for node in ontology.triples.of_type(OWL + "ReflexiveProperty"):
        yield _rl(node, "owl:ReflexiveProperty is not in the profile; leave it out.")


def literals(ontology: Ontology) -> Iterator[Problem]:
    """Literals are of the datatypes that the profile has."""
    for node, said in ontology.triples.said.items():
        found = ((predicate, value) for predicate, values in said.items() for value in values)
        for predicate, value in found:
            if isinstance(value, ox.Literal) and value.datatype.value not in RL_DATATYPES:
                what = f"The value {value.value!r} of {short(predicate)} is of {short(value.datatype.value)}"
                yield _rl(node, f"{what}, which the profile lacks; write it as xsd:dateTime or xsd:string.")


def simple_properties(ontology: Ontology) -> Iterator[Problem]:
    """Where a property must be simple, nothing at or below it is transitive or a chain."""
    for node, use in restricted_uses(ontology.triples):
        yield _dl(node, f"It is {use}, but it or a property below it is transitive or a chain; drop one.")


def regular_chains(ontology: Ontology) -> Iterator[Problem]:
    """Chains of properties do not run in a circle."""
    for node in irregular_chains(ontology.triples):
        yield _dl(node, "Its chain depends on itself; state the property as transitive, or drop the chain.")


RULES: tuple[Rule, ...] = (
    declared_properties, declared_classes, declared_ends, declared_members,
    kinds_apart, class_axioms, member_axioms,
    assertions, ends, unsupported, literals, simple_properties, regular_chains,
)  # fmt: skip


def _used_classes(ontology: Ontology) -> Iterator[Value]:
    triples, kinds = ontology.triples, ontology.declarations.of
    for predicate in (RDFS + "subClassOf", OWL + "disjointWith", OWL + "equivalentClass"):
        pairs = (pair for pair in triples.having(predicate) if Kind.DATATYPE not in kinds(pair[0]))
        yield from (node for pair in pairs for node in pair)
    yield from (v for node, v in triples.having(RDFS + "domain") if Kind.ANNOTATION not in kinds(node))
    yield from (v for node, v in triples.having(RDFS + "range") if Kind.OBJECT in kinds(node))
    yield from (v for _, v in triples.having(RDF + "type") if not v.value.startswith(_RESERVED))
    for node in triples.of_type(OWL + "AllDisjointClasses"):
        yield from _members(ontology, node)


def _members(ontology: Ontology, node: Node) -> list[Value]:
    heads = ontology.triples.objects(node, OWL + "members")
    return [member for head in heads for member in ontology.triples.listed(head)]


def _wrong_values(
    subject: Node, predicate: str, values: list[Value], kinds: frozenset[Kind]
) -> Iterator[Problem]:
    for value in values:
        is_literal = isinstance(value, ox.Literal)
        if kinds == {Kind.OBJECT} and is_literal:
            yield _dl(
                subject, f"Its {short(predicate)} is {value.value!r}, but the property takes no literals."
            )
        if kinds == {Kind.DATA} and not is_literal:
            yield _dl(subject, f"Its {short(predicate)} is no literal, but the property takes literals only.")


def _unlike(ontology: Ontology, one: ox.NamedNode, other: ox.NamedNode, predicate: str) -> Iterator[Problem]:
    kinds = [ontology.declarations.of(node) & set(PROPERTIES) for node in (one, other)]
    for node, found in zip((one, other), kinds, strict=True):
        if not found:
            yield _dl(node, "It is used as a property, but declared nowhere; declare it.")
    if all(kinds) and not kinds[0] & kinds[1]:
        names = [
            f"{short(node.value)} is of kind {', '.join(sorted(k))}"
            for node, k in zip((one, other), kinds, strict=True)
        ]
        yield _dl(one, f"In {predicate}, {' and '.join(names)}; both must be of one kind.")
    elif predicate == "inverseOf" and Kind.OBJECT not in kinds[0]:
        yield _dl(one, "Only an object property has an inverse.")


def _rl(node: Node, message: str) -> Problem:
    return Problem(term=_name(node), rule=RL, message=message)


def _dl(node: Node | str, message: str) -> Problem:
    return Problem(term=short(node) if isinstance(node, str) else _name(node), rule=DL, message=message)


def _name(node: Node) -> str:
    return short(node.value) if isinstance(node, ox.NamedNode) else "a node without a name"
