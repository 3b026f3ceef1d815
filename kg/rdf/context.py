"""The JSON-LD context of graphs: a short key for every term that they use, taken from the ontology.

`ontology/context.jsonld` holds what `make_context` gives, to be published at its IRI; a test compares them.
After a change of the ontology it is written anew by `python -c "import kg.rdf.context as c;
c.write_context()"`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from kg.vocabulary import (
    BASE,
    KG,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    XSD,
    load_vocabulary,
    ontology_files,
    ontology_folder,
)
from kg.vocabulary.files import Values, index_files

CONTEXT_IRI = BASE + "context.jsonld"
"""Where the context is published. It is put into every file, so that nobody needs to fetch it."""
FILE = "context.jsonld"
NOTE = "comment"
"""A key that says nothing (JSON-LD 1.1, section 4.1: what is mapped to null is ignored), for who reads the
file."""
ID, VOCAB, LANGUAGE = "@id", "@vocab", "@language"
"""How values are read: as an IRI, as a key or an IRI, as texts by language."""

Context: TypeAlias = dict[str, object]

_REUSED: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "prefLabel": ("skos:prefLabel", LANGUAGE),
        "altLabel": ("skos:altLabel", LANGUAGE),
        "sameAs": ("owl:sameAs", ID),
        "NewsArticle": ("schema:NewsArticle", None),
        "identifier": ("schema:identifier", None),
        "headline": ("schema:headline", None),
        "datePublished": ("schema:datePublished", "xsd:date"),
        "publisher": ("schema:publisher", None),
        "url": ("schema:url", "xsd:anyURI"),
        "license": ("schema:license", None),
        "softwareName": ("schema:name", None),
        "softwareVersion": ("schema:softwareVersion", None),
        "Context": ("nif:Context", None),
        "Sentence": ("nif:Sentence", None),
        "Phrase": ("nif:Phrase", None),
        "text": ("nif:isString", None),
        "quote": ("nif:anchorOf", None),
        "begin": ("nif:beginIndex", None),
        "end": ("nif:endIndex", None),
        "inArticle": ("nif:referenceContext", ID),
        "refersTo": ("itsrdf:taIdentRef", ID),
        "Activity": ("prov:Activity", None),
        "SoftwareAgent": ("prov:SoftwareAgent", None),
        "wasGeneratedBy": ("prov:wasGeneratedBy", ID),
        "wasAssociatedWith": ("prov:wasAssociatedWith", ID),
        "wasAttributedTo": ("prov:wasAttributedTo", ID),
        "wasDerivedFrom": ("prov:wasDerivedFrom", ID),
        "hadPrimarySource": ("prov:hadPrimarySource", ID),
        "wasInformedBy": ("prov:wasInformedBy", ID),
        "used": ("prov:used", ID),
        "startedAtTime": ("prov:startedAtTime", "xsd:dateTime"),
        "endedAtTime": ("prov:endedAtTime", "xsd:dateTime"),
    }
)
"""Keys for terms of other vocabularies, with how their values are read; None for a text or a number as it
stands."""
_READ_AS: Mapping[str, str] = MappingProxyType(
    {KG.property.value: VOCAB, KG.entityType.value: VOCAB, KG.time.value: "xsd:date"}
)
"""How values are read where the ontology's range does not say it: of times most are days."""
_DATATYPES = MappingProxyType(
    {XSD.base + name: f"xsd:{name}" for name in ("date", "dateTime", "decimal", "anyURI")}
)
"""Ranges that values of a key are read as; a text, a whole number and a truth value are what JSON has
itself."""
_KINDS = frozenset(
    {
        *(OWL.Class.value, OWL.ObjectProperty.value, KG.Status.value),
        *(OWL.base + name for name in ("DatatypeProperty", "AnnotationProperty")),
        *(RDF.base + "Property", RDFS.base + "Class"),
    }
)


def make_context() -> Context:
    """The context: prefixes, keys of other vocabularies, keys of the ontology in the order of the alphabet.

    >>> make_context()["quote"]
    'nif:anchorOf'
    """
    context: Context = {"@version": 1.1, **PREFIXES, "id": "@id", "type": "@type", NOTE: None}
    context |= {name: _entry(iri, read) for name, (iri, read) in _REUSED.items()}
    for name, entry in sorted(_own(), key=lambda pair: pair[0]):
        context.setdefault(name, entry)
    return context


def published_context() -> str:
    """The text of the context file.

    >>> "https://w3id.org/actors-kg/ontology#" in published_context()
    True
    """
    return (ontology_folder() / FILE).read_text(encoding="utf-8")


def write_context() -> None:
    """Writes the context file of a checkout anew."""
    text = f'{{\n  "@context": {context_text(make_context(), indent=2)}\n}}\n'
    (ontology_folder() / FILE).write_text(text, encoding="utf-8")


def context_text(context: Context, *, indent: int = 0) -> str:
    """A context as JSON with a line a key.

    >>> print(context_text({"id": "@id"}))
    {
      "id": "@id"
    }
    """
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in context.items())
    space = " " * indent
    return "{\n" + ",\n".join(f"{space}  {line}" for line in lines) + f"\n{space}}}"


def _own() -> Iterator[tuple[str, object]]:
    """A key for each class, property and status of ours; the relation classes of PLOVER are among them."""
    index = index_files(ontology_files(actors=False))
    for iri, values in index.items():
        if iri.startswith(KG.base) and _KINDS & _objects(values, RDF.type.value):
            yield iri.removeprefix(KG.base), _entry(_compact(iri), _reading(iri, values))
    for record in load_vocabulary().classes.values():
        yield record.name, _compact(record.iri)


def _reading(iri: str, values: Values) -> str | None:
    ranges = _objects(values, RDFS.range.value)
    if iri in _READ_AS:
        return _READ_AS[iri]
    if OWL.ObjectProperty.value in _objects(values, RDF.type.value) or KG.relationClass.value in values:
        return VOCAB if KG.Status.value in ranges else ID
    return next((_DATATYPES[range_] for range_ in sorted(ranges) if range_ in _DATATYPES), None)


def _objects(values: Values, predicate: str) -> set[str]:
    return {value for value, is_literal in values.get(predicate, ()) if not is_literal}


def _entry(iri: str, read: str | None) -> object:
    if read is None:
        return iri
    return {"@id": iri, "@container": LANGUAGE} if read == LANGUAGE else {"@id": iri, "@type": read}


def _compact(iri: str) -> str:
    prefix = next((name for name, base in PREFIXES.items() if iri.startswith(base)), None)
    return iri if prefix is None else f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
