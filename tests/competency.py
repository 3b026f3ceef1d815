"""Makes the graph that the competency questions are asked of: `python -m tests.competency` writes it anew.

The articles are invented; what is said of them is written by hand as `kg build` would read it, so that the
graph needs no weights and changes only when the way of writing graphs does.
"""

from __future__ import annotations

import datetime
from unittest import mock

import pyoxigraph as ox

from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.store import Store
from kg.store.claims import Claim
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
    Verdict,
)
from kg.vocabulary import RDF, load_vocabulary, ontology_folder

EXAMPLE = ontology_folder() / "competency" / "example.trig"
HEAD = """# Seven invented articles as kg build reads them: the graph that competency questions are asked of.
# Ana Bell and Bo Cole meet, which he denies; two states quarrel and sign a treaty, which a second publisher
# prints word for word; a family owns boats.
# Written by python -m tests.competency; change that, not this.

"""


def entity(name: str, type_: str, *aliases: str, **codes: str) -> Entity:
    """An entity whose id is made from its name."""
    identifier = name.replace(". ", "_").replace(" ", "_")
    return Entity(id=identifier, name=name, type=EntityType(type_), aliases=aliases, **codes)


ANA = entity("Ana Bell", "person", "Bell", country="NOR", sector="GOV")
A_BELL = entity("A. Bell", "person")
BO = entity("Bo Cole", "person", "Cole", "President Cole", sector="GOV")
CY = entity("Cy Dunn", "person", sector="LEG")
EVE = entity("Eve Frost", "person", sector="BUS")
DAN = entity("Dan Frost", "person")
OSTLAND = entity("Ostland", "country", "Republic of Ostland", sector="GOV")
WESTMARK = entity("Westmark", "country", sector="GOV")
NORWAY = entity("Norway", "country", country="NOR", sector="GOV", wikidata="Q20")
OSLO = entity("Oslo", "place", country="NOR", wikidata="Q585")
HOTEL = entity("Fjord Hotel", "place")
UNION = entity("Harbour Union", "organization", "Union", sector="IGO")
COMMITTEE = entity("Fisheries Committee", "organization")
BANK = entity("Fjord Bank", "organization", sector="BUS")
BOATS = entity("Fjord Boats", "organization", sector="BUS")
HOLDING = entity("Fjord Holding", "organization", sector="BUS")
TREATY = entity("Harbour Treaty", "event")
SUMMIT = entity("Oslo Summit", "event")


class Draft:
    """An article whose relations and mentions are told one after the other."""

    def __init__(self, identifier: str, date: str, source: str, title: str, *sentences: str) -> None:
        self.sentences = sentences
        self.article = Article(
            id=identifier,
            text=" ".join(sentences),
            title=title,
            date=datetime.date.fromisoformat(date),
            source=source,
            url=f"https://example.org/{identifier}",
            license="CC-BY-4.0",
        )
        self.relations: list[Relation] = []
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}

    def says(
        self, number: int, subject: Entity, predicate: str, property_: str, object_: Entity, **fields: object
    ) -> Draft:
        """Adds a relation that the sentence of a number carries."""
        known = load_vocabulary().properties[property_]
        relation = Relation(
            subject=subject,
            predicate=predicate,
            property=property_,
            relation_class=known.relation_class,
            object=object_,
            symmetric=known.symmetric,
            evidence=self.evidence(number),
            **fields,
        )
        self.relations.append(relation)
        return self

    def names(self, number: int, **words: Entity) -> Draft:
        """Adds mentions by the sentence of a number: words, with `_` for a space, and whom they stand for."""
        for text, meant in words.items():
            self.refers(number, text.replace("_", " "), meant, MentionKind.NAME)
        return self

    def refers(self, number: int, words: str, meant: Entity, kind: MentionKind) -> Draft:
        """Adds a mention of a kind."""
        sentence = self.evidence(number)
        start = sentence.start + sentence.text.index(words)
        mention = Mention(start=start, end=start + len(words), text=words, kind=kind, entity_id=meant.id)
        self.mentions.append(mention)
        self.entities[meant.id] = meant
        return self

    def evidence(self, number: int) -> Evidence:
        """The sentence of a number, from 0."""
        start = sum(len(sentence) + 1 for sentence in self.sentences[:number])
        text = self.sentences[number]
        return Evidence(text=text, start=start, end=start + len(text))

    def extraction(self) -> Extraction:
        """What was told."""
        return Extraction(
            article=self.article,
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            relations=tuple(self.relations),
        )


NOMINAL, PRONOUN = MentionKind.NOMINAL, MentionKind.PRONOUN


def drafts() -> list[Draft]:
    """The seven articles."""
    return [meeting(), denial(), sanctions(), seats(), family(), signing(), reprint()]


def meeting() -> Draft:
    """The meeting of two leaders."""
    draft = Draft(
        *("a1", "2031-05-03", "Harbour Times", "Leaders meet in Oslo"),
        "Ana Bell met Bo Cole, the president of Ostland, at the Fjord Hotel in Oslo on Friday.",
        "She thanked him.",
        "The Fjord Hotel is in Oslo.",
    )
    draft.names(0, Ana_Bell=ANA, Bo_Cole=BO, Ostland=OSTLAND, Fjord_Hotel=HOTEL, Oslo=OSLO)
    draft.refers(0, "the president of Ostland", BO, NOMINAL)
    draft.refers(1, "She", ANA, PRONOUN).refers(1, "him", BO, PRONOUN)
    draft.names(2, Fjord_Hotel=HOTEL, Oslo=OSLO)
    draft.says(0, ANA, "meet", "meets", BO, time="2031-05-02", place=HOTEL, confidence=0.95)
    draft.says(0, BO, "president of", "presidentOf", OSTLAND, confidence=0.97)
    draft.says(1, ANA, "thank", "praises", BO, confidence=0.88)
    return draft.says(2, HOTEL, "be in", "locatedIn", OSLO, confidence=0.93)


def denial() -> Draft:
    """One of them denies it, and has a plan."""
    draft = Draft(
        *("a2", "2031-05-10", "Daily Fjord", "President denies meeting"),
        "President Cole denied that he had met Bell.",
        "He will visit Westmark in June.",
        "Oslo, he said, is a fine city in Norway.",
    )
    draft.names(0, President_Cole=BO, Bell=ANA).refers(0, "he", BO, PRONOUN)
    draft.names(1, Westmark=WESTMARK).refers(1, "He", BO, PRONOUN)
    draft.names(2, Oslo=OSLO, Norway=NORWAY).refers(2, "he", BO, PRONOUN)
    draft.says(0, BO, "meet", "meets", ANA, status=Status.NEGATED, attribution=BO, confidence=0.9)
    draft.says(1, BO, "visit", "visits", WESTMARK, status=Status.PLANNED, time="2031-06", confidence=0.91)
    return draft.says(2, OSLO, "city in", "locatedIn", NORWAY, attribution=BO, confidence=0.85)


def sanctions() -> Draft:
    """Two states quarrel; a third mediates."""
    draft = Draft(
        *("a3", "2031-06-02", "Harbour Times", "Sanctions on Westmark"),
        "Ostland imposed sanctions on Westmark on Sunday.",
        "Westmark attacked Ostland in May, Cy Dunn said.",
        "Norway mediates between Ostland and Westmark.",
        "Dunn urged Westmark to release Dan Frost.",
        "The two countries may yet cooperate.",
    )
    draft.names(0, Ostland=OSTLAND, Westmark=WESTMARK)
    draft.names(1, Westmark=WESTMARK, Ostland=OSTLAND, Cy_Dunn=CY)
    draft.names(2, Norway=NORWAY, Ostland=OSTLAND, Westmark=WESTMARK)
    draft.names(3, Dunn=CY, Westmark=WESTMARK, Dan_Frost=DAN)
    draft.refers(4, "The two countries", OSTLAND, NOMINAL).refers(4, "The two countries", WESTMARK, NOMINAL)
    draft.says(0, OSTLAND, "impose sanction on", "sanctions", WESTMARK, time="2031-06-01", confidence=0.96)
    draft.says(1, WESTMARK, "attack", "attacks", OSTLAND, attribution=CY, time="2031-05", confidence=0.89)
    for state in (OSTLAND, WESTMARK):
        draft.says(2, NORWAY, "mediate between", "mediates", state, confidence=0.92)
    asked = {"status": Status.REQUESTED, "attribution": CY, "confidence": 0.84}
    draft.says(3, WESTMARK, "release", "releases", DAN, **asked)
    possible = {"status": Status.POSSIBLE, "confidence": 0.61}
    return draft.says(4, OSTLAND, "cooperate with", "cooperatesWith", WESTMARK, **possible)


def seats() -> Draft:
    """Who is a member of what."""
    draft = Draft(
        *("a4", "2031-06-20", "Daily Fjord", "Who sits where"),
        "Cy Dunn is a member of the Fisheries Committee.",
        "The committee is part of the Harbour Union, of which Ostland is a member.",
        "Westmark may leave the Union.",
    )
    draft.names(0, Cy_Dunn=CY, Fisheries_Committee=COMMITTEE)
    draft.names(1, Harbour_Union=UNION, Ostland=OSTLAND).refers(1, "The committee", COMMITTEE, NOMINAL)
    draft.names(2, Westmark=WESTMARK, Union=UNION)
    draft.says(0, CY, "member of", "memberOf", COMMITTEE, confidence=0.96)
    draft.says(1, COMMITTEE, "part of", "partOf", UNION, confidence=0.95)
    draft.says(1, OSTLAND, "member of", "memberOf", UNION, confidence=0.94)
    possible = {"status": Status.POSSIBLE, "confidence": 0.72}
    return draft.says(2, WESTMARK, "leave", "withdrawsFrom", UNION, **possible)


def family() -> Draft:
    """A family and its companies; one name is of someone whom other articles call in full."""
    draft = Draft(
        *("a5", "2031-07-01", "Harbour Times", "A family of boats"),
        "Eve Frost, who founded Fjord Bank, is the mother of Dan Frost.",
        "The bank is a subsidiary of Fjord Boats, which is a subsidiary of Fjord Holding.",
        "Westmark owns Fjord Holding.",
        "Frost is married to A. Bell.",
    )
    draft.names(0, Eve_Frost=EVE, Fjord_Bank=BANK, Dan_Frost=DAN)
    draft.names(1, Fjord_Boats=BOATS, Fjord_Holding=HOLDING).refers(1, "The bank", BANK, NOMINAL)
    draft.names(2, Westmark=WESTMARK, Fjord_Holding=HOLDING)
    draft.names(3, Frost=EVE).refers(3, "A. Bell", A_BELL, MentionKind.NAME)
    draft.says(0, EVE, "found", "founds", BANK, confidence=0.93)
    draft.says(0, EVE, "mother of", "parentOf", DAN, confidence=0.97)
    draft.says(1, BANK, "subsidiary of", "subsidiaryOf", BOATS, confidence=0.94)
    draft.says(1, BOATS, "subsidiary of", "subsidiaryOf", HOLDING, confidence=0.94)
    draft.says(2, WESTMARK, "own", "owns", HOLDING, confidence=0.95)
    return draft.says(3, EVE, "married to", "marriedTo", A_BELL, confidence=0.9)


def signing() -> Draft:
    """A summit, a treaty and an accusation."""
    draft = Draft(
        *("a6", "2031-07-09", "Northern Post", "Treaty signed in Oslo"),
        "Ana Bell and Bo Cole met at the Oslo Summit on Tuesday.",
        "Ostland and Westmark signed the Harbour Treaty in Oslo.",
        "Westmark accused Ostland of espionage.",
        "The summit is being held in Oslo.",
    )
    draft.names(0, Ana_Bell=ANA, Bo_Cole=BO, Oslo_Summit=SUMMIT)
    draft.names(1, Ostland=OSTLAND, Westmark=WESTMARK, Harbour_Treaty=TREATY, Oslo=OSLO)
    draft.names(2, Westmark=WESTMARK, Ostland=OSTLAND)
    draft.names(3, Oslo=OSLO).refers(3, "The summit", SUMMIT, NOMINAL)
    draft.says(0, ANA, "meet", "meets", BO, time="2031-07-08", confidence=0.92)
    for leader in (ANA, BO):
        draft.says(0, leader, "meet at", "attends", SUMMIT, confidence=0.8)
    for state in (OSTLAND, WESTMARK):
        draft.says(1, state, "sign", "signs", TREATY, place=OSLO, confidence=0.95)
    draft.says(2, WESTMARK, "accuse", "accuses", OSTLAND, confidence=0.93)
    return draft.says(3, SUMMIT, "be held in", "takesPlaceIn", OSLO, confidence=0.91)


def reprint() -> Draft:
    """The report of the treaty, printed by another publisher: no confirmation of the accusation."""
    sentences = signing().sentences
    draft = Draft("a7", "2031-07-10", "Daily Fjord", "Two states sign treaty", *sentences)
    draft.names(2, Westmark=WESTMARK, Ostland=OSTLAND)
    return draft.says(2, WESTMARK, "accuse", "accuses", OSTLAND, confidence=0.93)


def example_store() -> Store:
    """The articles in a graph, with the judgement that two names are of one person."""
    store = Store.in_memory()
    with mock.patch("kg.rdf.articles.version", return_value="0.1.0"):  # whatever version is installed
        for draft in drafts():
            store.add(draft.extraction(), model="minilm 0.1.0")
    reason = "Eve Frost's wife is Ana Bell"
    store.judge([Claim(one="A_Bell", other="Ana_Bell", verdict=Verdict.SAME, reason=reason)])
    return store


def written(store: Store) -> str:
    """A graph as TriG, sorted, without the times of its building."""
    builds = graph_node(NamedGraph.BUILDS)
    quads = [q for q in store.data.quads_for_pattern(None, None, None, None) if q.graph_name != builds]
    quads.sort(key=_place)
    prefixes = {name: iri for name, iri in store.prefixes.items() if f"<{iri}" in "".join(map(str, quads))}
    text = (ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b"").decode()
    lines = text.splitlines(keepends=True)
    declared = sorted(line for line in lines if line.startswith("@prefix"))
    return HEAD + "".join(declared) + "\n" + "".join(line for line in lines if not line.startswith("@prefix"))


def _place(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
    return graph, str(quad.subject), quad.predicate != RDF.type, quad.predicate.value, str(quad.object)


if __name__ == "__main__":
    EXAMPLE.write_text(written(example_store()), "utf-8")
