"""How queries of a store see all graphs together, as ours do: by itself, by a parameter, or not at all.

What a query without a dataset sees is left to the store (SPARQL 1.1, section 13.1). Of each way that a store
is known to have it is tried whether articles (each in a graph of its own) and entities (in the default graph)
are seen in one query.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from kg.vocabulary import RDF, SCHEMA, SKOS

Parameters: TypeAlias = tuple[tuple[str, str], ...]
Ask: TypeAlias = Callable[[str, Parameters], bool]

WAYS: Sequence[Parameters] = (
    (),
    (("union-default-graph", "true"),),  # Oxigraph
    (("default-graph-uri", "urn:x-arq:DefaultGraph"), ("default-graph-uri", "urn:x-arq:UnionGraph")),  # Jena
    (("default-graph-uri", "urn:x-arq:UnionGraph"),),
    (("default-graph-uri", "tag:stardog:api:context:all"),),  # Stardog
)
"""Parameters beside a query by which it sees all graphs, none first."""
_ARTICLE = f"?article {RDF.type} {SCHEMA.NewsArticle}"
_NAME = f"?entity {SKOS.prefLabel} ?name"
ANY_ARTICLE = f"ASK {{ GRAPH ?graph {{ {_ARTICLE} }} }}"
"""Whether a store holds an article."""
ARTICLE, NAME = f"ASK {{ {_ARTICLE} }}", f"ASK {{ {_NAME} }}"


def find_union(ask: Ask) -> Parameters | None:
    """The parameters by which a query sees all graphs of a store; None where there are none.

    A store without articles has nothing to tell by; what it sees by itself is taken.

    Args:
        ask: Whether a question is answered with yes, with these parameters beside it.

    >>> find_union(lambda query, parameters: query != ARTICLE or bool(parameters))
    (('union-default-graph', 'true'),)
    """
    if not ask(ANY_ARTICLE, ()):
        return ()
    seeing = [way for way in WAYS if ask(ARTICLE, way)]
    for way in seeing:
        if ask(NAME, way):
            return way
    # An article that names nobody leaves the default graph without names.
    return seeing[0] if seeing and not ask(NAME, ()) else None
