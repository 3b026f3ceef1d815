"""Checks a user's own ontology file, so that what it cannot do is told and not passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import VocabularyError
from kg.vocabulary.files import Index, Values
from kg.vocabulary.terms import KG, RDFS

FORMS = (KG.verb, KG.inverseVerb, KG.noun)
FORM = re.compile(r"[^\W\d_][\w'’./-]*(?: [\w'’./-]+)*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
TOPS = frozenset({KG.Event.value, KG.State.value})


def check_own(own: Index, index: Index) -> None:
    """Checks what a file adds.

    Args:
        own: What the file says.
        index: What it says together with the ontology of the package.

    Raises:
        VocabularyError: A form is no sequence of lower-case lemmas or stands at a term that is neither a
            property nor a relation class; a domain or range is not of the ontology; a colour is none; or a
            name is taken.
    """
    for iri, values in own.items():
        for problem in _problems(iri, values, index):
            raise VocabularyError(problem)
    taken = _names(index)
    for iri in (iri for iri in own if _is_term(index.get(iri, {}))):
        others = [other for other in taken.get(local_name(iri), ()) if other != iri]
        if others:
            raise VocabularyError(
                f"{iri} has the same name as {others[0]}, {local_name(iri)!r}; relations are read by "
                "that name, so choose another."
            )


def local_name(iri: str) -> str:
    """The part of an IRI after its namespace.

    >>> local_name("https://example.org/terms#coaches")
    'coaches'
    """
    return iri.replace("#", "/").rpartition("/")[2]


def _problems(iri: str, values: Values, index: Index) -> Iterator[str]:
    forms = [text for predicate in FORMS for text, _ in values.get(predicate.value, ())]
    if forms and not _is_term(index.get(iri, {})):
        yield (
            f"{iri} has the lexical form {forms[0]!r}, but is no property and no relation class; give it a "
            "kg:relationClass, or make it a subclass of kg:Event or kg:State."
        )
    for form in forms:
        if form != form.lower() or not FORM.fullmatch(form):
            yield (
                f"The lexical form {form!r} of {iri} is no sequence of lemmas in lower case, such as "
                "'give aid to'; correct it."
            )
    for predicate in (RDFS.domain, RDFS.range, KG.subjectType):
        for kind, _ in values.get(predicate.value, ()):
            if not _is_entity_class(kind, index):
                name = local_name(predicate.value)
                yield (
                    f"{iri} has the {name} {kind}, which is no class of entities; name one at or below "
                    "kg:Entity."
                )
    for colour, _ in values.get(KG.colour.value, ()):
        if not COLOUR.fullmatch(colour):
            yield f"{iri} has the colour {colour!r}; write it as '#rrggbb'."


def _is_term(values: Values) -> bool:
    """Whether something is a property of relations or a relation class."""
    return KG.relationClass.value in values or bool(
        TOPS & {v for v, _ in values.get(RDFS.subClassOf.value, ())}
    )


def _is_entity_class(iri: str, index: Index) -> bool:
    seen, waiting = {iri}, [iri]
    while waiting:
        current = waiting.pop()
        if current == KG.Entity.value:
            return True
        parents = {value for value, _ in index.get(current, {}).get(RDFS.subClassOf.value, ())} - seen
        seen |= parents
        waiting.extend(parents)
    return False


def _names(index: Index) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for iri, values in index.items():
        if _is_term(values):
            names.setdefault(local_name(iri), []).append(iri)
    return names
