"""States an extraction in RDF, and reads it back: what stands in which graph.

What an article says stands in its own named graph; entities, direct triples and software stand in the default
graph. So no triple stands in two graphs, and counts over their union are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.rdf.articles import (
    Software,
    article_node,
    article_quads,
    mention_quads,
    read_article,
    read_mentions,
    software_quads,
    this_software,
)
from kg.rdf.entities import appearance_quads, collect_entities, description_quads, read_appearances
from kg.rdf.quads import index_quads
from kg.rdf.relations import direct_triple, read_relations, relation_node, relation_quads
from kg.types import Entity, Extraction, Relation
from kg.vocabulary import BASE, NIF, Vocabulary


def graph_quads(
    extraction: Extraction, vocabulary: Vocabulary, *, software: Software | None = None, base: str = BASE
) -> list[ox.Quad]:
    """The quads of the article's own graph, each once.

    Args:
        extraction: What was found in the article.
        vocabulary: The ontology, with the user's own terms.
        software: What read it; None leaves that out.
        base: With which the IRIs begin.

    Raises:
        VocabularyError: A relation has a class or property that the vocabulary lacks.

    >>> from kg.types import Article
    >>> from kg.vocabulary import load_vocabulary
    >>> extraction = Extraction(article=Article(id="a", text="Ana Bell met Bo Cole."))
    >>> {quad.graph_name.value for quad in graph_quads(extraction, load_vocabulary())}
    {'https://w3id.org/actors-kg/article/...'}
    """
    article = article_node(extraction.article, base)
    quads = list(article_quads(extraction.article, software or this_software(), base))
    for entity in entities_of(extraction):
        quads.extend(appearance_quads(entity, article, vocabulary, base))
    for mention in extraction.mentions:
        quads.extend(mention_quads(mention, article, base))
    for relation in relations_of(extraction, base):
        quads.extend(relation_quads(relation, article, vocabulary, base))
    return list(dict.fromkeys(quads))


def default_quads(
    extraction: Extraction, vocabulary: Vocabulary, *, software: Software | None = None, base: str = BASE
) -> list[ox.Quad]:
    """The quads of the default graph that this article alone would put there, each once.

    Args:
        extraction: What was found in the article.
        vocabulary: The ontology, with the user's own terms.
        software: What read it; None leaves that out.
        base: With which the IRIs begin.

    Raises:
        VocabularyError: A relation has a class or property that the vocabulary lacks.

    >>> from kg.types import Article
    >>> from kg.vocabulary import load_vocabulary
    >>> extraction = Extraction(article=Article(id="a", text="Ana Bell met Bo Cole."))
    >>> {str(quad.graph_name) for quad in default_quads(extraction, load_vocabulary())}
    {'DEFAULT'}
    """
    quads = list(software_quads(software or this_software(), base))
    for entity in entities_of(extraction):
        quads.extend(description_quads(entity, vocabulary, base))
    quads.extend(direct_triples(extraction, vocabulary, base))
    return list(dict.fromkeys(quads))


def direct_triples(extraction: Extraction, vocabulary: Vocabulary, base: str = BASE) -> list[ox.Quad]:
    """The edges that the asserted relations carry, in the order of the relations.

    Args:
        extraction: What was found in the article.
        vocabulary: The ontology, with the user's own terms.
        base: With which the IRIs begin.

    Raises:
        VocabularyError: A relation has a property that the vocabulary lacks.

    >>> from kg.types import Article
    >>> from kg.vocabulary import load_vocabulary
    >>> extraction = Extraction(article=Article(id="a", text="Ana Bell met Bo Cole."))
    >>> direct_triples(extraction, load_vocabulary())
    []
    """
    found = (direct_triple(relation, vocabulary, base) for relation in extraction.relations)
    return list(dict.fromkeys(quad for quad in found if quad is not None))


def entities_of(extraction: Extraction) -> list[Entity]:
    """All entities of an extraction and of its relations, each once, sorted by id.

    >>> from kg.types import Article, EntityType
    >>> article = Article(id="a", text="Oslo and Bergen grow.")
    >>> places = tuple(Entity(id=name, name=name, type=EntityType.PLACE) for name in ("Oslo", "Bergen"))
    >>> [entity.id for entity in entities_of(Extraction(article=article, entities=places))]
    ['Bergen', 'Oslo']
    """
    return collect_entities([*extraction.entities, *_ends(extraction.relations)])


def relations_of(extraction: Extraction, base: str = BASE) -> list[Relation]:
    """The relations, each claim once: of equals the most confident.

    >>> from kg.types import Article
    >>> relations_of(Extraction(article=Article(id="a", text="Ana Bell met Bo Cole.")))
    []
    """
    article = article_node(extraction.article, base)
    best: dict[ox.NamedNode, Relation] = {}
    for relation in extraction.relations:
        node = relation_node(relation, article, base)
        if node not in best or relation.confidence > best[node].confidence:
            best[node] = relation
    return list(best.values())


def read_extraction(quads: Iterable[ox.Quad], vocabulary: Vocabulary) -> Extraction:
    """The extraction that one article's graph says; its entities are sorted by id.

    Raises:
        ValueError: The quads hold no article.

    >>> from kg.types import Article
    >>> from kg.vocabulary import load_vocabulary
    >>> extraction = Extraction(article=Article(id="a", text="Ana Bell met Bo Cole."))
    >>> vocabulary = load_vocabulary()
    >>> read_extraction(graph_quads(extraction, vocabulary), vocabulary).article.text
    'Ana Bell met Bo Cole.'
    """
    index = index_quads(quads)
    entities = read_appearances(index, vocabulary)
    articles = [said for said in index.values() if NIF.isString.value in said]
    if not articles:
        raise ValueError("The quads hold no article; give those of one article's graph.")
    return Extraction(
        article=read_article(articles[0], index),
        mentions=tuple(read_mentions(index)),
        entities=tuple(sorted(entities.values(), key=lambda entity: entity.id)),
        relations=tuple(read_relations(index, entities, vocabulary)),
    )


def _ends(relations: Iterable[Relation]) -> Iterator[Entity]:
    for relation in relations:
        yield relation.subject
        yield relation.object
        yield from (entity for entity in (relation.attribution, relation.place) if entity is not None)
