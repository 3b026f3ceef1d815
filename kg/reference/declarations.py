"""Which names an ontology declares as what: classes, datatypes, three kinds of property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.reference.triples import OWL, RDF, RDFS, XSD, Triples, Value


class Kind(StrEnum):
    """What an IRI can be declared as."""

    CLASS = "class"
    DATATYPE = "datatype"
    OBJECT = "object property"
    DATA = "datatype property"
    ANNOTATION = "annotation property"


PROPERTIES = (Kind.OBJECT, Kind.DATA, Kind.ANNOTATION)

RL_DATATYPES = frozenset(
    [RDF + name for name in ("PlainLiteral", "XMLLiteral", "langString")]
    + [RDFS + "Literal"]
    + [
        XSD + name
        for name in (
            *("decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"),
            *("negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt"),
            *("unsignedShort", "unsignedByte", "float", "double", "string", "normalizedString", "token"),
            *("language", "Name", "NCName", "NMTOKEN", "boolean", "hexBinary", "base64Binary", "anyURI"),
            *("dateTime", "dateTimeStamp"),
        )
    ]
)
"""Those of OWL 2 Profiles, section 4.2; rdf:langString is how RDF 1.1 writes texts of rdf:PlainLiteral."""

_TYPES: Mapping[str, Kind] = {
    OWL + "Class": Kind.CLASS,
    RDFS + "Datatype": Kind.DATATYPE,
    OWL + "ObjectProperty": Kind.OBJECT,
    OWL + "DatatypeProperty": Kind.DATA,
    OWL + "AnnotationProperty": Kind.ANNOTATION,
    # These say so too, by OWL 2 Mapping to RDF Graphs, section 3.1.2.
    OWL + "InverseFunctionalProperty": Kind.OBJECT,
    OWL + "TransitiveProperty": Kind.OBJECT,
    OWL + "SymmetricProperty": Kind.OBJECT,
}
_BUILT_IN: Mapping[str, Kind] = {
    **dict.fromkeys((OWL + "Thing", OWL + "Nothing"), Kind.CLASS),
    **dict.fromkeys((OWL + "topObjectProperty", OWL + "bottomObjectProperty"), Kind.OBJECT),
    **dict.fromkeys((OWL + "topDataProperty", OWL + "bottomDataProperty"), Kind.DATA),
    **dict.fromkeys(
        (RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")), Kind.ANNOTATION
    ),
    **dict.fromkeys(
        (
            OWL + name
            for name in (
                *("versionInfo", "deprecated", "priorVersion", "backwardCompatibleWith"),
                "incompatibleWith",
            )
        ),
        Kind.ANNOTATION,
    ),
    **dict.fromkeys(RL_DATATYPES, Kind.DATATYPE),
    **dict.fromkeys((OWL + "real", OWL + "rational"), Kind.DATATYPE),
}


@dataclass(frozen=True, slots=True)
class Declarations:
    """The kinds of each declared IRI, with those that OWL itself declares."""

    kinds: Mapping[str, frozenset[Kind]]

    def of(self, term: Value) -> frozenset[Kind]:
        """The kinds of a term; none of a blank node or literal."""
        return self.kinds.get(term.value, frozenset()) if isinstance(term, ox.NamedNode) else frozenset()


def read_declarations(triples: Triples) -> Declarations:
    """What the triples declare, and what OWL does.

    >>> Kind.CLASS in read_declarations(Triples({})).kinds[OWL + "Thing"]
    True
    """
    kinds: dict[str, set[Kind]] = {iri: {kind} for iri, kind in _BUILT_IN.items()}
    for subject, value in triples.having(RDF + "type"):
        if isinstance(subject, ox.NamedNode) and value.value in _TYPES:
            kinds.setdefault(subject.value, set()).add(_TYPES[value.value])
    return Declarations({iri: frozenset(found) for iri, found in kinds.items()})
