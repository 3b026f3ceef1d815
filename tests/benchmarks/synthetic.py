"""Makes graphs of any size that are shaped as news is, out of invented names, for the benchmarks.

The proportions are those of the graph of 171 Wikinews articles of 2019: 15 sentences an article with 73
mentions and 10 relations, entities of which four of five stand in one article only and the rest are named by
Zipf's law, and relations by class, status, time, place and attribution as often as there. The quads are made
by the package's own mapping, so that a graph is what a build of the same extractions would write.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.articles import Software
from kg.rdf.mapping import default_quads, graph_quads
from kg.types import (
    Article,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Relation,
    Status,
)
from kg.vocabulary import load_vocabulary

SEED = 5
QUADS_PER_ARTICLE = 900
KNOWN, KNOWN_SHARE = 2_000, 0.2
"""Entities that are in the news more than once, and which share of what an article names is of them."""
SENTENCES, RELATIONS, OTHERS = 15, 10, 3
"""Of an article: sentences, and how many of them carry a relation; of a sentence: who else it names."""
FIRST_DAY, DAYS = datetime.date(2015, 1, 1), 3_650
SOFTWARE = Software(version="1", model="synthetic 1")

_TYPES = {
    EntityType.ORGANIZATION: 1199, EntityType.PERSON: 1193, EntityType.PLACE: 770, EntityType.GROUP: 707,
    EntityType.THING: 663, EntityType.EVENT: 614, EntityType.COUNTRY: 139,
}  # fmt: skip
_STATUSES = {
    Status.ASSERTED: 1606, Status.PLANNED: 51, Status.POSSIBLE: 45, Status.NEGATED: 27, Status.REQUESTED: 12,
}  # fmt: skip
_KINDS = {MentionKind.NOMINAL: 5546, MentionKind.NAME: 5443, MentionKind.PRONOUN: 1503}
_CLAIMS = {
    ("HOLDS_POSITION", "presidentOf", "president of"): 110, ("HOLDS_POSITION", "leads", "head of"): 140,
    ("HOLDS_POSITION", "holdsPosition", "secretary of"): 140, ("LOCATED_IN", "locatedIn", "be in"): 280,
    ("OTHER", None, "run for"): 180, ("OTHER", "statesAbout", "announce"): 39,
    ("MEMBER_OF", "memberOf", "member of"): 133, ("CONSULT", "informs", "tell"): 70,
    ("CONSULT", "meets", "meet"): 14, ("CONSULT", "talksWith", "speak to"): 26,
    ("CONSULT", "visits", "visit"): 12,
    ("ACCUSE", "criticizes", "criticize"): 80, ("SUPPORT", "supports", "support"): 58,
    ("PART_OF", "partOf", "part of"): 57, ("REQUEST", "requests", "call on"): 50,
    ("FAMILY_OF", "marriedTo", "marry"): 45, ("COERCE", "arrests", "arrest"): 33,
    ("ASSAULT", "attacks", "attack"): 30,
    ("PARTICIPATES_IN", "participatesIn", "take part in"): 30, ("RETREAT", "withdrawsFrom", "leave"): 29,
    ("REJECT", "rejects", "oppose"): 28, ("REPRESENTS", "spokespersonFor", "speak for"): 28,
    ("CITIZEN_OF", "citizenOf", "citizen of"): 23, ("OWNS", "owns", "own"): 23,
    ("COOPERATE", "cooperatesWith", "work with"): 22, ("AGREE", "agreesTo", "agree to"): 18,
    ("SANCTION", None, "sanction"): 10, ("AID", None, "help"): 9, ("MOBILIZE", "deploysTo", "deploy to"): 7,
    ("ADVERSARY_OF", "adversaryOf", "rival"): 4, ("CONCEDE", None, "yield to"): 4,
    ("PROTEST", None, "protest against"): 3,
    ("MEDIATES", "mediates", "mediate for"): 2, ("THREATEN", "threatens", "threaten"): 1,
}  # fmt: skip
_SYMMETRIC = frozenset({"meets", "talksWith", "cooperatesWith", "adversaryOf", "marriedTo"})
_SECTORS = ("GOV", "MIL", "LEG", "JUD", "OPP", "REB", "CVL", "BUS", "MED")
_ONSETS = ("b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ei")
_ENDS = ("", "n", "l", "r", "s", "k", "nd")


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of a sentence, with whom it stands for."""

    text: str
    entity: Entity | None = None


def extractions(*, seed: int = SEED) -> Iterator[Extraction]:
    """Extractions without end, in the order of their ids; the same for the same seed."""
    news = _News(random.Random(seed))
    number = 0
    while True:
        yield news.extraction(number)
        number += 1


def quads_of(found: Iterable[Extraction]) -> Iterator[list[ox.Quad]]:
    """The quads of each extraction, each quad once in all: what a build of them would write."""
    vocabulary = load_vocabulary()
    written: set[ox.Quad] = set()
    for extraction in found:
        derived = [
            quad for quad in default_quads(extraction, vocabulary, software=SOFTWARE) if quad not in written
        ]
        written.update(derived)
        yield graph_quads(extraction, vocabulary, software=SOFTWARE) + derived


def write_graph(file: Path, *, quads: int, seed: int = SEED) -> int:
    """Writes whole articles as N-Quads until there are so many quads, and gives how many there are.

    About 10 s for a million.
    """
    written = 0
    with file.open("wb") as out:
        for some in quads_of(extractions(seed=seed)):
            out.write(ox.serialize(some, format=ox.RdfFormat.N_QUADS))
            written += len(some)
            if written >= quads:
                break
    return written


def invented_name(chance: random.Random) -> str:
    """A word that may be a name, and is that of nobody in particular."""
    made = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.choice((2, 2, 3))))
    return (made + chance.choice(_ENDS)).capitalize()


class _News:
    """What articles are made of: those who are in the news again and again, and chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.known = [self._entity(number % 7 == 0) for number in range(KNOWN)]
        # Zipf's law: the one of rank n is named 1/n times as often as the first.
        self.weights = list(accumulate(1 / rank for rank in range(1, KNOWN + 1)))

    def extraction(self, number: int) -> Extraction:
        """An article with all that it says."""
        text, mentions, relations = "", [], []
        for place in range(SENTENCES):
            claim, words = self._sentence()
            sentence = "".join(word.text for word in words)
            start = len(text)
            mentions.extend(self._mentions(words, start))
            if place < RELATIONS:
                end = start + len(sentence)
                relations.append(self._relation(claim, words, Evidence(text=sentence, start=start, end=end)))
            text += f"{sentence} "
        day = FIRST_DAY + datetime.timedelta(days=self.chance.randrange(DAYS))
        article = Article(
            id=f"news-{number:07}", text=text.rstrip(), title=f"Report {number}", date=day,
            source="Synthetic News", url=f"https://news.example/{number}", license="CC0",
        )  # fmt: skip
        entities = {mention.entity_id: entity for mention, entity in mentions}
        return Extraction(
            article=article,
            mentions=tuple(mention for mention, _ in mentions),
            entities=tuple(entities.values()),
            relations=tuple(relations),
        )

    def _sentence(self) -> tuple[tuple[str, str | None, str], list[_Word]]:
        """A claim and its words: the first and the third stand for its ends, the rest for others."""
        claim = self._picked(_CLAIMS)
        subject, object_ = self._someone(), self._someone()
        words = [
            _Word(self._called(subject), subject),
            _Word(f" did {claim[2]} "),
            _Word(self._called(object_), object_),
        ]
        for link in (
            ", as those said who had heard of it from ",
            " and later near ",
            ", but not long after from ",
        )[:OTHERS]:
            other = self._someone()
            words += [_Word(link), _Word(self._called(other), other)]
        return claim, [*words, _Word(".")]

    def _mentions(self, words: list[_Word], start: int) -> Iterator[tuple[Mention, Entity]]:
        for word in words:
            end = start + len(word.text)
            if word.entity is not None:
                kind = self._picked(_KINDS)
                yield (
                    Mention(start=start, end=end, text=word.text, kind=kind, entity_id=word.entity.id),
                    word.entity,
                )
            start = end

    def _relation(
        self, claim: tuple[str, str | None, str], words: list[_Word], evidence: Evidence
    ) -> Relation:
        kind, property_, predicate = claim
        subject, object_, source, place, _ = [word.entity for word in words if word.entity is not None]
        return Relation(
            subject=subject,
            predicate=predicate,
            property=property_,
            relation_class=kind,
            object=object_,
            symmetric=property_ in _SYMMETRIC,
            status=self._picked(_STATUSES),
            attribution=source if self.chance.random() < 0.09 else None,
            time=self._time() if self.chance.random() < 0.16 else None,
            place=place if self.chance.random() < 0.04 else None,
            confidence=round(self.chance.uniform(0.5, 1), 2),
            evidence=evidence,
        )

    def _someone(self) -> Entity:
        if self.chance.random() < KNOWN_SHARE:
            return self.chance.choices(self.known, cum_weights=self.weights)[0]
        return self._entity(is_known=False)

    def _entity(self, is_known: bool) -> Entity:
        """An entity that was not there before, but for the rare one of the same name and kind."""
        kind = self._picked(_TYPES)
        name = f"{self._name()} {self._name()}"
        state = self.chance.random() < 0.2
        return Entity(
            id=f"{kind}/{name.casefold()}",
            name=name,
            type=kind,
            aliases=(name.partition(" ")[2],) if is_known else (),
            country=None if not state else "".join(self.chance.choices("ABCDE", k=3)),
            sector=self.chance.choice(_SECTORS) if state else None,
            wikidata=f"Q{self.chance.randrange(10**8)}" if is_known else None,
        )

    def _called(self, entity: Entity) -> str:
        return self.chance.choice((entity.name, *entity.aliases))

    def _name(self) -> str:
        return invented_name(self.chance)

    def _time(self) -> str:
        day = FIRST_DAY + datetime.timedelta(days=self.chance.randrange(DAYS))
        return day.isoformat()[: self.chance.choice((4, 7, 10, 10))]

    def _picked(self, table):
        return self.chance.choices(list(table), weights=table.values())[0]
