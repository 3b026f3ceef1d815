"""Small graphs for tests of what pages ask, and what they must say by brute force over all relations."""

from __future__ import annotations

import datetime
from collections import Counter

from hypothesis import strategies as st

from kg.export.periods import stated_period
from kg.store import Store
from kg.store.claims import Claim
from kg.types import (
    Article,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Status,
    Verdict,
)
from tests.builders import make_entity, make_relation

NAMES = ("Ana Bell", "Bo Cole", "Cy Dorn", "Di Eck", "Eva Fox", "Gus Hale")
KINDS = (
    ("CONSULT", "meets", True),
    ("ACCUSE", "criticizes", False),
    ("HOLDS_POSITION", "presidentOf", False),
)
TIMES = (None, "2026", "2026-04", "2026-04-05", "2025-12-31")
DAYS = (None, datetime.date(2026, 4, 6), datetime.date(2026, 5, 1))


def entity_of(name):
    type_ = EntityType.PERSON if name[0] < "E" else EntityType.ORGANIZATION
    return make_entity(name, type_)


def make_article(number, claims, day=None, source=None):
    """An article of a paragraph for each claim: (subject, object, kind, status, time, confidence)."""
    sentences = [f"{subject} 🙂 met {other}." for subject, other, *_ in claims]
    text = "\n\n".join(["Title 🙂", *sentences])
    article = Article(id=f"a{number}", text=text, date=day, source=source, title="Title 🙂")
    relations, mentions, start = [], [], len("Title 🙂")
    for sentence, claim in zip(sentences, claims, strict=True):
        start += 2
        relations.append(
            _relation(article, claim, Evidence(text=sentence, start=start, end=start + len(sentence)))
        )
        for name in dict.fromkeys(claim[:2]):
            at = start + sentence.index(name)
            mentions.append(
                Mention(
                    start=at,
                    end=at + len(name),
                    text=name,
                    kind=MentionKind.NAME,
                    entity_id=entity_of(name).id,
                )
            )
        start += len(sentence)
    return Extraction(article=article, mentions=tuple(mentions), relations=tuple(relations))


def _relation(article, claim, evidence):
    subject, other, (class_, property_, symmetric), status, time, confidence = claim
    return make_relation(
        article, entity_of(subject), "meet", entity_of(other), evidence=evidence, relation_class=class_,
        property=property_, symmetric=symmetric, status=status, time=time, confidence=confidence,
    )  # fmt: skip


def make_store(extractions):
    store = Store.in_memory()
    with store.adding():
        for extraction in extractions:
            store.add(extraction)
    return store


claims = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(KINDS), st.sampled_from(list(Status)),
    st.sampled_from(TIMES), st.sampled_from([0.2, 0.5, 0.9]),
)  # fmt: skip
rows = st.lists(
    st.tuples(
        st.lists(claims, min_size=1, max_size=4), st.sampled_from(DAYS), st.sampled_from([None, "Wire"])
    ),
    min_size=1, max_size=4,
)  # fmt: skip
same = st.lists(st.permutations(NAMES).map(lambda names: names[:2]), max_size=2)


def _merged(found, pairs):
    store = make_store(make_article(number, *row) for number, row in enumerate(found))
    store.judge(
        Claim(one=entity_of(one).id, other=entity_of(other).id, verdict=Verdict.SAME, is_by_id=True)
        for one, other in pairs
    )
    return store


stores = st.builds(_merged, rows, same)
"""Stores of a few articles with relations by chance, in which some entities are judged to be one."""


def weights(store, identifier, fits=lambda article, relation: True):
    """How many relations an entity has with each other one, by id."""
    articles = {article.id: article for article in store.articles()}
    found = Counter()
    for article, relation in store.relations():
        ends = relation.subject.id, relation.object.id
        if identifier in ends and fits(articles[article], relation):
            found[ends[1] if ends[0] == identifier else ends[0]] += 1
    return found


def present(store):
    """Ids of the entities that relations connect."""
    return sorted({end.id for _, r in store.relations() for end in (r.subject, r.object)})


def periods(store):
    """The days of each relation, or None."""
    articles = {article.id: article for article in store.articles()}
    return [stated_period(articles[article], relation) for article, relation in store.relations()]
