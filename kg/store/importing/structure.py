"""Whether a store that was filled from files is a graph of ours; what is wrong stops the import.

This is what reading relies on. Whether the graph also conforms to the shapes is for `kg validate`, and
whether its evidence is in the texts for `kg verify`. Only small indexes are read, since the loading shall
stay the greater work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ImportedError
from kg.rdf.articles import text_hash
from kg.rdf.iris import Kind, NamedGraph, graph_iri
from kg.rdf.quads import Term
from kg.types import Article
from kg.vocabulary import PREFIXES, Vocabulary

QUERIES = Path(__file__).parent.parent.parent / "queries" / "importing"
_ARTICLE = re.compile(rf"(?P<base>.*/){Kind.ARTICLE}/[0-9a-f]{{16}}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the files hold."""

    base: str
    """Where their IRIs are minted."""
    articles: Mapping[str, ox.NamedNode]
    """Nodes by article id."""
    altered: tuple[str, ...] = ()
    """Ids of articles whose text has another hash than they say; sorted."""


def read_contents(data: ox.Store, source: str) -> Contents:
    """The articles of a filled store.

    Raises:
        ImportedError: There is none, one lacks what it must have, two have one id, or a graph is of something
            else.
    """
    articles: dict[str, ox.NamedNode] = {}
    altered = set()
    for row in _rows(data, "articles"):
        node, identifier, text, hash_ = (row[name] for name in ("article", "id", "text", "hash"))
        for name, item in (("schema:identifier", identifier), ("nif:isString", text), ("kg:textHash", hash_)):
            if item is None:
                raise _fault(source, f"the article <{node.value}> has no {name}; give the whole graph of it")
        if articles.setdefault(identifier.value, node) != node:
            others = f"<{articles[identifier.value].value}> and <{node.value}>"
            raise _fault(
                source, f"two articles have the id {identifier.value!r}, {others}; leave one of them out"
            )
        if text_hash(Article(id=identifier.value, text=text.value)) != hash_.value:
            altered.add(identifier.value)
    base = _base(articles, source)
    _refuse_other_graphs(data, {node.value for node in articles.values()}, base, source)
    return Contents(base=base, articles=articles, altered=tuple(sorted(altered)))


def refuse_faults(data: ox.Store, contents: Contents, vocabulary: Vocabulary, source: str) -> None:
    """Refuses articles that cannot be read back.

    Raises:
        ImportedError: A term is not known, or a relation or appearance lacks what it must have.
    """
    _refuse_terms(data, vocabulary, source)
    entities = ox.Literal(f"{contents.base}{Kind.ENTITY}/")
    for file in sorted((QUERIES / "faults").glob("*.rq")):
        if file.stem == "appearances" and _is_even(data):
            continue
        text = file.read_text(encoding="utf-8")
        message = text.partition("\n")[0].partition("message:")[2].strip()
        for row in rows_of(data, text, {"entities": entities} if "?entities" in text else {}):
            raise _fault(source, f"<{_text(row['node'])}>: {message}")


def _is_even(data: ox.Store) -> bool:
    """Whether as many appearances have an entity, a name and a type as there are; the quicker check."""
    (row,) = _rows(data, "counts")
    return len({row[name] for name in ("appearances", "of", "named", "typed")}) == 1


def _refuse_terms(data: ox.Store, vocabulary: Vocabulary, source: str) -> None:
    known = {
        "relation class": {record.iri for record in vocabulary.classes.values()},
        "property": {record.iri for record in vocabulary.properties.values()},
        "status": {concept.iri for concept in vocabulary.statuses.values()},
        "entity type": {concept.iri for concept in vocabulary.types.values()},
    }
    for row in _rows(data, "terms"):
        kind, term = row["kind"].value, row["term"]
        if _text(term) not in known[kind]:
            raise _fault(
                source,
                f"the vocabulary has no {kind} {term}; give the Turtle file that defines it with --ontology",
            )


def _base(articles: Mapping[str, ox.NamedNode], source: str) -> str:
    bases = {}
    for identifier, node in articles.items():
        found = _ARTICLE.fullmatch(node.value)
        if found is None:
            raise _fault(
                source,
                f"the article {identifier!r} has the node <{node.value}>, which is not minted as ours are; a "
                "graph is made by `kg build`",
            )
        bases[found["base"]] = identifier
    if not bases:
        raise _fault(
            source,
            "there is no article in a graph of its own name; give what `kg export` wrote, and triples "
            "without graphs as Turtle, N-Triples or RDF/XML",
        )
    if len(bases) > 1:
        raise _fault(
            source, f"articles are minted under several bases ({', '.join(sorted(bases))}); import one by one"
        )
    return next(iter(bases))


def _refuse_other_graphs(data: ox.Store, articles: set[str], base: str, source: str) -> None:
    known = articles | {graph_iri(graph, base=base) for graph in NamedGraph}
    for name in sorted((name for name in data.named_graphs() if name.value not in known), key=str):
        raise _fault(
            source,
            f"the graph {name} is that of no article (it lacks a node of its own name that is a "
            "schema:NewsArticle); leave it out",
        )


def rows_of(
    data: ox.Store, query: str, bindings: Mapping[str, ox.Literal] | None = None
) -> Iterator[ox.QuerySolution]:
    """The rows of a query over the default graph, where it names no other."""
    values: dict[ox.Variable, Term] = {ox.Variable(name): item for name, item in (bindings or {}).items()}
    found = data.query(query, prefixes=dict(PREFIXES), substitutions=values or None)
    return iter(found) if isinstance(found, ox.QuerySolutions) else iter(())


def _rows(data: ox.Store, name: str) -> Iterator[ox.QuerySolution]:
    return rows_of(data, (QUERIES / f"{name}.rq").read_text(encoding="utf-8"))


def _fault(source: str, said: str) -> ImportedError:
    return ImportedError(f"{source}: {said}.", source=source)


def _text(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)) else str(term)
