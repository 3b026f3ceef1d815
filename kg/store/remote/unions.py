"""How queries of a store see all graphs together, as ours do: by itself, by a parameter, or not at all.

What a query without a dataset sees is left to the store (SPARQL 1.1, section 13.1). Of each way that a store
is known to have it is tried whether articles (each in a graph of its own) and entities (in the default graph)
are seen in one query.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from kg.vocabulary import KG, RDF, SCHEMA, SKOS

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
ANY_NAMED = f"ASK {{ GRAPH ?graph {{ ?appearance {KG.appearanceOf} ?entity }} }}"
"""Whether an article names anybody, so that the default graph must hold a name."""
ARTICLE, NAME = f"ASK {{ {_ARTICLE} }}", f"ASK {{ {_NAME} }}"


def find_union(ask: Ask) -> Parameters | None:
    """The parameters by which a query sees all graphs of a store; None where there are none.

    A store without articles has nothing to tell by.

    Args:
        ask: Whether a question is answered with yes, with these parameters beside it.

    >>> find_union(lambda query, parameters: query != ARTICLE or bool(parameters))
    (('union-default-graph', 'true'),)
    """
    seeing = [way for way in WAYS if ask(ARTICLE, way)]
    for way in seeing:
        if ask(NAME, way):
            return way
    # Where articles name nobody, the default graph holds no names.
    return seeing[0] if seeing and not ask(ANY_NAMED, ()) else None
