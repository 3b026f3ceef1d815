"""What the writer does with updates: makes them on a dataset, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import pyoxigraph as ox

from kg.server.queries import in_our_words
from kg.server.settings import Limits
from kg.store import Store
from kg.store.clauses import with_dataset
from kg.store.guards import refuse
from kg.store.queries import answering


def make_update(store: Store, asked: Mapping[str, object], limits: Limits) -> dict[str, object]:
    """Makes an update wholly, or not at all.

    What stands outside GRAPH is in the default graph, not in all graphs together as in queries.

    Args:
        store: The graph, open for writing.
        asked: `update`, its text; `base`, what its relative IRIs are resolved against; `default` and `named`,
            IRIs of the graphs that its patterns see (SPARQL 1.1 Protocol, section 2.2.3).
        limits: What queries are held to; an update may be longer, as data are.

    Returns:
        Nothing that is to be known.

    Raises:
        QueryError: The update is wrong, too deep, would reach the network, or names a dataset
            as `asked` does.
        StoreError: The files of the graph are damaged.

    >>> store = Store.in_memory()
    >>> make_update(store, {"update": "INSERT DATA { kg:a kg:b kg:c }"}, Limits())
    {}
    >>> len(store.data)
    1
    """
    text, prefixes = str(asked["update"]), store.prefixes
    refuse(text, nesting=limits.nesting, chain=limits.chain, joins=limits.joins, is_update=True)
    default, named = (cast("Sequence[str]", asked.get(name) or ()) for name in ("default", "named"))
    with in_our_words(store), answering(text, prefixes, is_update=True):
        base = cast("str | None", asked.get("base"))
        try:
            store.data.update(
                with_dataset(text, default, named, prefixes), base_iri=base, prefixes=dict(prefixes)
            )
        except SyntaxError:
            # Tells the place in the text as it was sent.
            ox.Store().update(text, base_iri=base, prefixes=dict(prefixes))
            raise
    return {}
