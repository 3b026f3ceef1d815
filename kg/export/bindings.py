"""What a variable of a query can be given: records, and the values of libraries, as the store takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from kg.rdf import Kind, article_node, mint
from kg.store import Store
from kg.store.queries import Binding
from kg.types import IRI, Article, Entity, Status

if TYPE_CHECKING:
    import numpy as np
    from rdflib.term import Node

Given: TypeAlias = "Binding | Entity | Article | Status | Node | np.generic"
"""A value, or what names a node of the graph."""


def binding_of(given: Given, store: Store) -> Binding:
    """What the store takes for it: records are their nodes, and terms of rdflib those of pyoxigraph.

    A midnight of pandas is a day, since pandas has no other.

    >>> binding_of(Status.PLANNED, Store.in_memory())
    'https://w3id.org/actors-kg/ontology#Planned'

    Raises:
        QueryError: It is a term of rdflib that names nothing, or is no IRI.
    """
    if isinstance(given, Entity):
        return IRI(mint(Kind.ENTITY, given.id, base=store.base))
    if isinstance(given, Article):
        return article_node(given, store.base)
    if isinstance(given, Status):
        return IRI(store.vocabulary.statuses[given].iri)
    plain: Binding = _plain(given)
    return plain


def _plain(given: Any) -> Any:  # noqa: ANN401 - what is no Binding in the end is refused by the store
    """The value of a library that not everybody has loaded; others as they are."""
    library = type(given).__module__.partition(".")[0]
    if library == "rdflib":
        from kg.export.triples import oxigraph_term

        return oxigraph_term(given)
    if library == "numpy":
        return given.item()
    is_day = library == "pandas" and given.tzinfo is None and given == given.normalize()
    return given.date() if is_day else given
