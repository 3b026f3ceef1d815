"""Which link of FollowTheMoney a relation is: a membership, a post that is held, or just a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.types import Entity, EntityType, Relation
from kg.vocabulary import Vocabulary

_ORGANIZATIONS = frozenset({"Company", "Organization", "PublicBody"})
_LEGAL = _ORGANIZATIONS | {"LegalEntity", "Person"}
_ASSETS = frozenset({"Asset", "Company"})
_GOVERNED = frozenset({EntityType.COUNTRY, EntityType.PLACE})
_PREPOSITIONS = frozenset({"at", "for", "in", "of", "to"})
_STANDINGS = frozenset({"acting", "current", "ex", "former", "incumbent", "new", "then"})
"""Words before a post that are not part of its name."""
_HEAD = "leads"
_KIN = {"childOf": "child", "marriedTo": "spouse", "parentOf": "parent"}
_ENDED = "ended"
"""What OpenSanctions calls the status of a post that is held no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation in the terms of FollowTheMoney."""

    schema: str
    ends: Mapping[str, Entity]
    """By the name of the property that holds it."""
    role: str | None = None
    post: str | None = None
    """What the post is called whose holding it is, without its body; None where it is no such thing."""
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A relation with what decides its link."""

    relation: Relation
    subject: str
    """Schema of the subject."""
    object: str
    vocabulary: Vocabulary


def link_of(relation: Relation, subject: str, object_: str, vocabulary: Vocabulary) -> Link:
    """The link that a relation is, by its class and the schemas of its ends.

    The schema is the most specific whose ranges its ends keep, in the end `UnknownLink`, which takes any two.
    """
    case = _Case(relation=relation, subject=subject, object=object_, vocabulary=vocabulary)
    specific = _BY_CLASS.get(relation.relation_class)
    return (specific(case) if specific else None) or Link(
        schema="UnknownLink",
        ends={"subject": relation.subject, "object": relation.object},
        role=relation.predicate,
    )


def _holding(case: _Case) -> Link | None:
    """A post of a state, place or public body; a directorship or employment of another organization."""
    relation, title = case.relation, _title(case)
    if case.subject != "Person":
        return None
    status = _ENDED if relation.property == "heldPosition" else None
    if title and (relation.object.type in _GOVERNED or case.object == "PublicBody"):
        return Link(schema="Occupancy", ends={"holder": relation.subject}, post=title, status=status)
    if case.object not in _ORGANIZATIONS:
        return None
    if _is_lead(case):
        ends = {"director": relation.subject, "organization": relation.object}
        return Link(schema="Directorship", ends=ends, role=title or relation.predicate, status=status)
    ends = {"employee": relation.subject, "employer": relation.object}
    return Link(schema="Employment", ends=ends, role=title or relation.predicate, status=status)


def _is_lead(case: _Case) -> bool:
    """Whether the subject is at the head of the object: by the property `leads`, or one below it."""
    name = case.relation.property
    while name is not None and name != _HEAD:
        name = case.vocabulary.properties[name].parent if name in case.vocabulary.properties else None
    return name == _HEAD


def _title(case: _Case) -> str | None:
    """What the post is called; None where the predicate is a verb that does not name it."""
    relation, vocabulary = case.relation, case.vocabulary
    known = vocabulary.properties.get(relation.property or "")
    class_ = vocabulary.classes.get(relation.relation_class)
    verbs = {*(known.verbs if known else ()), *(class_.verbs if class_ else ())}
    *words, last = relation.predicate.split()
    if relation.predicate in verbs or not words or last not in _PREPOSITIONS:
        return None
    while words and words[0] in _STANDINGS:
        words = words[1:]
    return " ".join(words) or None


def _membership(case: _Case) -> Link | None:
    if case.subject not in _LEGAL or case.object not in _ORGANIZATIONS:
        return None
    ends = {"member": case.relation.subject, "organization": case.relation.object}
    return Link(schema="Membership", ends=ends, role=case.relation.predicate)


def _family(case: _Case) -> Link | None:
    """The subject is kin of the object: FollowTheMoney says of a person what the relative is to it."""
    relation = case.relation
    if {case.subject, case.object} != {"Person"}:
        return None
    ends = {"person": relation.object, "relative": relation.subject}
    *words, last = relation.predicate.split()
    named = " ".join(words) if last == "of" else None
    return Link(schema="Family", ends=ends, role=named or _KIN.get(relation.property or "", "relative"))


def _ownership(case: _Case) -> Link | None:
    if case.subject not in _LEGAL or case.object not in _ASSETS:
        return None
    ends = {"owner": case.relation.subject, "asset": case.relation.object}
    return Link(schema="Ownership", ends=ends, role=case.relation.predicate)


def _part(case: _Case) -> Link | None:
    """A company that is a subsidiary is owned by what it is a subsidiary of."""
    is_owned = case.relation.property == "subsidiaryOf" and case.subject == "Company"
    if not is_owned or case.object not in _LEGAL:
        return None
    ends = {"owner": case.relation.object, "asset": case.relation.subject}
    return Link(schema="Ownership", ends=ends, role=case.relation.predicate)


def _representation(case: _Case) -> Link | None:
    if case.subject not in _LEGAL or case.object not in _LEGAL:
        return None
    ends = {"agent": case.relation.subject, "client": case.relation.object}
    return Link(schema="Representation", ends=ends, role=case.relation.predicate)


def _alliance(case: _Case) -> Link | None:
    if {case.subject, case.object} != {"Person"}:
        return None
    ends = {"person": case.relation.subject, "associate": case.relation.object}
    return Link(schema="Associate", ends=ends, role=case.relation.predicate)


_BY_CLASS: Mapping[str, Callable[[_Case], Link | None]] = {
    "ALLY_OF": _alliance,
    "FAMILY_OF": _family,
    "HOLDS_POSITION": _holding,
    "MEMBER_OF": _membership,
    "OWNS": _ownership,
    "PART_OF": _part,
    "REPRESENTS": _representation,
}
