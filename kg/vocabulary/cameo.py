"""The event codes of CAMEO, and which of them a relation of the graph gets.

`ontology/cameo.ttl` is the scheme, `ontology/cameo.tsv` the table from our terms to it. Both are read when
first asked, by those who export events; nothing of them is needed to extract or store.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from kg.errors import VocabularyError
from kg.types import Entity, Relation, Status
from kg.vocabulary.files import Values, index_files, ontology_folder
from kg.vocabulary.records import Vocabulary
from kg.vocabulary.terms import BASE, KG, RDF, SKOS

_CAMEO = BASE + "cameo#"
_PLOVER = BASE + "plover#"
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
"""What says that all, or nearly all, that a code means is of the PLOVER type."""
_WHOLE = 2
"""Digits of a cue category, such as `04`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCode:
    """A code of CAMEO, such as `042`."""

    code: str
    label: str
    definition: str
    quad_class: int
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    goldstein: float | None
    """From -10 (hostile) to 10 (cooperative); None where no value is published."""
    plover: str | None
    """The PLOVER type that it is, or is a part of; None where there is none, or where it is of two."""

    @property
    def root(self) -> str:
        """The cue category: the first two digits."""
        return self.code[:_WHOLE]

    @property
    def base(self) -> str:
        """The first three digits; of a cue category itself the two that it has."""
        return self.code[: _WHOLE + 1]


class Target(StrEnum):
    """What the object of a relation is in the event."""

    AIMED_AT = ""
    TOPIC = "topic"
    PLACE = "place"
    BOTH = "both"
    """Whom the act is aimed at and, if it has a place on the map, where it happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRule:
    """A row of the table: which code the relations of a term get that fit it."""

    term: str
    """Name of a property or a relation class."""
    words: frozenset[str]
    """Words one of which the predicate has; empty where any predicate fits."""
    subjects: frozenset[str]
    """Entity types and sectors one of which the subject has; empty where any subject fits."""
    objects: frozenset[str]
    target: Target
    codes: Mapping[Status, str]
    """By status; what has no code is no event."""
    mode: str | None
    """PLOVER's mode of the act once it has happened; None where the term does not tell."""

    def fits(self, relation: Relation) -> bool:
        """Whether a relation of the term is of this rule."""
        return (
            (not self.words or not self.words.isdisjoint(relation.predicate.split()))
            and (not self.subjects or not self.subjects.isdisjoint(_kinds(relation.subject)))
            and (not self.objects or not self.objects.isdisjoint(_kinds(relation.object)))
        )


Rules = Mapping[str, tuple[CodingRule, ...]]


@cache
def load_event_codes() -> Mapping[str, EventCode]:
    """All codes of CAMEO, by code, in their order.

    >>> load_event_codes()["042"].label, load_event_codes()["042"].plover
    ('Make a visit', 'CONSULT')

    Raises:
        VocabularyError: The file cannot be read, or a code lacks what it must have.
    """
    index = index_files([ontology_folder() / "cameo.ttl"])
    found = [_event_code(iri, values) for iri, values in index.items() if _is_code(iri, values)]
    return MappingProxyType({code.code: code for code in sorted(found, key=lambda c: (c.root, c.code))})


@cache
def load_coding_rules() -> Rules:
    """The rules of each term, in the order in which they are tried.

    >>> [rule.codes[Status.PLANNED] for rule in load_coding_rules()["visits"]]
    ['036']

    Raises:
        VocabularyError: The table cannot be read, or has a code that CAMEO lacks.
    """
    rules: dict[str, list[CodingRule]] = {}
    for row in read_table("cameo.tsv"):
        rules.setdefault(row["term"], []).append(_rule(row))
    return MappingProxyType({term: tuple(found) for term, found in rules.items()})


def rule_of(relation: Relation, vocabulary: Vocabulary) -> CodingRule | None:
    """The rule that tells a relation's code; None where it is no event of CAMEO's, a membership say.

    A property none of whose rules fits goes by the wider one, in the end by the relation class.
    """
    rules = load_coding_rules()
    tried = (rule for term in _terms(relation, vocabulary) for rule in rules.get(term, ()))
    return next((rule for rule in tried if rule.fits(relation)), None)


def code_of(relation: Relation, vocabulary: Vocabulary) -> EventCode | None:
    """The CAMEO code of a relation with its status; None where it is no event.

    What is planned is coded as the intent or the threat that it is, what is requested as the appeal for it,
    of which the source is whoever asks; what is denied or only possible has no code.
    """
    rule = rule_of(relation, vocabulary)
    code = rule.codes.get(relation.status) if rule else None
    return load_event_codes()[code] if code else None


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a tab-separated table of the ontology by column; lines that begin with `#` explain it.

    Raises:
        VocabularyError: The table cannot be read.
    """
    path = ontology_folder() / name
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(
            f"The table {path} cannot be read: {error}; install the package again."
        ) from error
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _is_code(iri: str, values: Values) -> bool:
    return iri.startswith(_CAMEO) and (SKOS.Concept.value, False) in values.get(RDF.type.value, ())


def _event_code(iri: str, values: Values) -> EventCode:
    goldstein = values.get(KG.goldstein.value)
    try:
        return EventCode(
            code=values[SKOS.notation.value][0][0],
            label=values[SKOS.prefLabel.value][0][0],
            definition=values[SKOS.definition.value][0][0],
            quad_class=int(values[KG.quadClass.value][0][0]),
            goldstein=float(goldstein[0][0]) if goldstein else None,
            plover=_plover_type(values),
        )
    except KeyError as error:
        raise VocabularyError(f"The event code {iri} has no {error.args[0]}; give it one.") from error


def _plover_type(values: Values) -> str | None:
    types = (iri for match in _MATCHES for iri, _ in values.get(match.value, ()))
    return next((iri.removeprefix(_PLOVER) for iri in types), None)


def _rule(row: Mapping[str, str]) -> CodingRule:
    by_status = {Status(name): row[name] for name in ("asserted", "planned", "requested") if row[name]}
    unknown = [code for code in by_status.values() if code not in load_event_codes()]
    if unknown:
        raise VocabularyError(f"cameo.tsv gives {row['term']!r} the code {unknown[0]!r}, which CAMEO lacks.")
    return CodingRule(
        term=row["term"],
        words=_listed(row["predicate"]),
        subjects=_listed(row["subject"]),
        objects=_listed(row["object"]),
        target=Target(row["target"]),
        codes=MappingProxyType(by_status),
        mode=row["mode"] or None,
    )


def _listed(cell: str) -> frozenset[str]:
    return frozenset(cell.split(";")) if cell else frozenset()


def _kinds(entity: Entity) -> set[str]:
    return {entity.type.value, entity.sector or ""}


def _terms(relation: Relation, vocabulary: Vocabulary) -> Iterator[str]:
    """The property, those above it, and the relation class."""
    name = relation.property
    while name is not None:
        yield name
        name = vocabulary.properties[name].parent if name in vocabulary.properties else None
    yield relation.relation_class
