"""Draws extractions for tests of properties: small, but with every field that a record can have."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from kg.types import (
    Article,
    DateBasis,
    DatePrecision,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Relation,
    Status,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
"""Any text that UTF-8 can hold, quotes, line ends and backslashes among it."""
CODES = st.none() | st.sampled_from(["UKR", "TUR", "IGO"])
TIMES = st.none() | st.sampled_from(["2026", "2026-04", "2026-04-04"])
PROPERTIES = {"meets": "CONSULT", "leads": "HOLDS_POSITION", "attacks": "ASSAULT", None: "OTHER"}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@st.composite
def entity_lists(draw, identifiers=WORDS, names=WORDS):
    """One to four entities with ids of their own."""
    ids = draw(st.lists(identifiers, min_size=1, max_size=4, unique=True))
    return [draw(entities(identifier, names)) for identifier in sorted(ids)]


@st.composite
def entities(draw, identifier, names=WORDS):
    """An entity with this id."""
    name = draw(names)
    return Entity(
        id=identifier,
        name=name,
        type=draw(st.sampled_from(EntityType)),
        aliases=tuple(sorted(draw(st.sets(names, max_size=3)) - {name})),
        country=draw(CODES),
        sector=draw(st.none() | st.just("GOV")),
        wikidata=draw(st.none() | st.just("Q42")),
    )


@st.composite
def relations(draw, text, known):
    """A relation between some of the known entities."""
    one = st.sampled_from(known)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    name = draw(st.sampled_from(list(PROPERTIES)))
    return Relation(
        subject=draw(one),
        predicate=draw(WORDS),
        property=name,
        relation_class=PROPERTIES[name],
        object=draw(one),
        symmetric=draw(st.booleans()),
        status=draw(st.sampled_from(Status)),
        attribution=draw(st.none() | one),
        time=draw(TIMES),
        place=draw(st.none() | one),
        confidence=draw(st.integers(0, 10_000)) / 10_000,
        evidence=Evidence(text=text[start:end], start=start, end=end),
    )


@st.composite
def extractions(draw, identifiers=WORDS, *, texts=TEXTS, entity_ids=WORDS, names=WORDS):
    """An article with entities, mentions and relations, which may be none."""
    text = draw(texts)
    known = draw(entity_lists(entity_ids, names))
    article = Article(
        id=draw(identifiers),
        text=text,
        title=draw(st.none() | WORDS),
        date=draw(st.none() | st.dates()),
        date_precision=draw(st.sampled_from(DatePrecision)),
        date_basis=draw(st.sampled_from(DateBasis)),
        retrieved=draw(st.none() | st.datetimes(timezones=st.none() | st.just(datetime.UTC))),
        source=draw(st.none() | WORDS),
        url=draw(st.none() | st.sampled_from(["https://example.org/a b", "somewhere"])),
        license=draw(st.none() | WORDS),
    )
    starts = draw(st.sets(st.integers(0, len(text) - 1), max_size=4))
    mentions = [
        Mention(
            start=start, end=start + 1, text=text[start], kind=draw(st.sampled_from(MentionKind)),
            entity_id=draw(st.sampled_from(known)).id,
        )
        for start in sorted(starts)
    ]  # fmt: skip
    said = draw(st.lists(relations(text, known), max_size=4))
    return Extraction(article=article, mentions=tuple(mentions), entities=tuple(known), relations=tuple(said))


ARTICLE_IDS = st.sampled_from(["a", "b", "c d", 'quote " and \\', "line\nend"])
ENTITY_IDS = st.sampled_from(["e1", "e2", "e3", "person/e4"])
NAMES = st.sampled_from(
    ["Oleksiy Babenko", "Oleksii Babenko", "Babenko", "Bo Cole", 'Bo "Bobby" Cole', "\\u0041"]
)
"""Some that are judged to be spellings of one name, and some that RDF must escape."""
RELATED = extractions(
    ARTICLE_IDS, texts=st.sampled_from(["ab", "abc", "Ana\x00\\ met."]), entity_ids=ENTITY_IDS, names=NAMES
)
"""Articles that name the same few entities in other ways, share texts, and say the same in the same place."""
