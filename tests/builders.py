"""Builds documents and records by hand, so that tests of one rule need no weights and no store."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import spacy
from spacy.tokens import Doc

from kg.types import Article, Entity, EntityType, Evidence, Extraction, Mention, MentionKind, Relation, Status

_VOCAB = spacy.blank("en").vocab


def make_doc(table: str, *, ents: Iterable[tuple[int, int, str]] = ()) -> Doc:
    """A document from a table: one token a line, `word lemma POS head label [morph] [no-space]`.

    Heads are token numbers from 1 through the whole document, 0 for a root, as in CoNLL-U. A word that ends
    in `_` takes no space after it. A blank line starts a sentence. `ents` are (start, end, label), by tokens
    from 0.

    >>> doc = make_doc('''
    ... Ana   Ana   PROPN 2 nsubj
    ... met   meet  VERB  0 root  Tense=Past
    ... Bo_   Bo    PROPN 2 obj
    ... .     .     PUNCT 2 punct
    ... ''', ents=[(0, 1, "PER"), (2, 3, "PER")])
    >>> doc.text, [token.lemma_ for token in doc[1].children]
    ('Ana met Bo.', ['Ana', 'Bo', '.'])
    """
    sentences = [block.splitlines() for block in table.strip().split("\n\n")]
    rows = [line.split() for lines in sentences for line in lines if line.strip()]
    starts = [index == 0 for lines in sentences for index, line in enumerate(lines) if line.strip()]
    heads = [int(row[3]) - 1 if row[3] != "0" else index for index, row in enumerate(rows)]
    words = [row[0].removesuffix("_") for row in rows]
    doc = Doc(
        _VOCAB,
        words=words,
        spaces=[not row[0].endswith("_") for row in rows[:-1]] + [False],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        heads=heads,
        deps=["ROOT" if row[3] == "0" else row[4] for row in rows],
        morphs=[row[5] if len(row) > 5 else "" for row in rows],
        sent_starts=starts,
    )
    doc.ents = [
        doc.char_span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), label)
        for start, end, label in ents
    ]
    return doc


def make_entity(name: str, type_: EntityType = EntityType.PERSON, **fields: object) -> Entity:
    """An entity whose id is made from its name."""
    return Entity(**({"id": name.replace(" ", "_"), "name": name, "type": type_} | fields))


def make_relation(
    article: Article, subject: Entity, predicate: str, object_: Entity, **fields: object
) -> Relation:
    """A relation whose evidence is the whole text; CONSULT and asserted, unless `fields` say otherwise."""
    defaults = {
        "property": "meets",
        "relation_class": "CONSULT",
        "status": Status.ASSERTED,
        "confidence": 0.9,
    }
    evidence = Evidence(text=article.text, start=0, end=len(article.text))
    given = {"subject": subject, "predicate": predicate, "object": object_, "evidence": evidence}
    return Relation(**(defaults | given | fields))


def make_extraction(
    text: str = "Ana Bell met Bo Cole in Oslo.",
    *,
    article_id: str = "a1",
    date: datetime.date | None = datetime.date(2026, 4, 5),
    ends: tuple[str, str] = ("Ana Bell", "Bo Cole"),
    **fields: object,
) -> Extraction:
    """An article of one sentence, and the relation that it states."""
    article = Article(id=article_id, text=text, date=date)
    subject, object_ = (make_entity(name) for name in ends)
    relation = make_relation(article, subject, "meet", object_, **fields)
    mentions = [
        Mention(
            start=text.index(end.name), end=text.index(end.name) + len(end.name), text=end.name,
            kind=MentionKind.NAME, entity_id=end.id,
        )
        for end in (subject, object_)
        if end.name in text
    ]  # fmt: skip
    return Extraction(
        article=article, mentions=tuple(mentions), entities=(subject, object_), relations=(relation,)
    )
