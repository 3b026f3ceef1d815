"""Graphs of any size to draw: invented actors in groups, with about two relations each, a few with very many.

Who is new attaches to those who have many relations already (Barabási and Albert, 1999), mostly in its own
group, so that the drawing has hubs, clusters and a rim, as graphs of news do.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.store.importing import import_rdf
from kg.types import Article, Entity, EntityType, Evidence, Extraction, Relation, Status
from tests.benchmarks.synthetic import quads_of

SEED = 7
RELATIONS_EACH, GROUPS, OUTSIDE = 2, 40, 0.1
"""Relations that a new actor brings, groups of actors, and which share of relations leads out of a group."""
SENTENCES = 20
"""Of an article, each with a relation."""
_TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE, EntityType.GROUP)
_KINDS = (
    ("meet", "meets", "CONSULT", True), ("criticize", "criticizes", "ACCUSE", False),
    ("support", "supports", "SUPPORT", False), ("agree with", "agreesWith", "AGREE", True),
    ("lead", "leads", "HOLDS_POSITION", False),
)  # fmt: skip
_STATUSES = (*[Status.ASSERTED] * 16, Status.PLANNED, Status.POSSIBLE, Status.NEGATED, Status.REQUESTED)
_PARTS = ("ba", "de", "fin", "gor", "hal", "kim", "lo", "mar", "nes", "ru", "sol", "ta", "vik", "zen")


def write(folder: Path, actors: int, *, seed: int = SEED) -> Path:
    """Makes a graph of so many actors in a folder, which it gives; some 40 s for 50,000."""
    file = folder.with_suffix(".nq")
    with file.open("wb") as out:
        for quads in quads_of(extractions(actors, seed=seed)):
            out.write(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))
    import_rdf([file], folder)
    file.unlink()
    return folder


def extractions(actors: int, *, seed: int = SEED) -> Iterator[Extraction]:
    """The articles that such a graph is made of; the same for the same seed."""
    chance = random.Random(seed)
    everybody = [_actor(number, chance) for number in range(actors)]
    pairs = ((everybody[one], everybody[other]) for one, other in _pairs(actors, chance))
    number = 0
    while some := list(islice(pairs, SENTENCES)):
        yield _article(number, some, chance)
        number += 1


def _pairs(actors: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Who is connected with whom, by number."""
    ends: list[list[int]] = [[] for _ in range(GROUPS)]
    for number in range(actors):
        group = number % GROUPS
        for _ in range(RELATIONS_EACH):
            near = group if chance.random() > OUTSIDE else chance.randrange(GROUPS)
            other = chance.choice(ends[near]) if ends[near] else (number + 1) % actors
            ends[group].append(number)
            ends[near].append(other)
            if other != number:
                yield number, other


def _actor(number: int, chance: random.Random) -> Entity:
    name = " ".join("".join(chance.choices(_PARTS, k=2)).capitalize() for _ in range(2))
    return Entity(id=f"actor{number}", name=name, type=chance.choice(_TYPES))


def _article(number: int, pairs: list[tuple[Entity, Entity]], chance: random.Random) -> Extraction:
    text, relations = "", []
    for one, other in pairs:
        predicate, name, kind, symmetric = chance.choice(_KINDS)
        sentence = f"{one.name} did {predicate} {other.name}."
        evidence = Evidence(text=sentence, start=len(text), end=len(text) + len(sentence))
        relations.append(
            Relation(
                subject=one, predicate=predicate, property=name, relation_class=kind, object=other,
                symmetric=symmetric, status=chance.choice(_STATUSES), evidence=evidence,
                confidence=round(chance.uniform(0.5, 1), 2),
            )
        )  # fmt: skip
        text += f"{sentence} "
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(2_000))
    article = Article(id=f"n{number}", title=f"Report {number}", text=text.rstrip(), date=day, source="Wire")
    entities = tuple(dict.fromkeys(end for pair in pairs for end in pair))
    return Extraction(article=article, entities=entities, relations=tuple(relations))
