"""Remarks: whom somebody talks to, where the article tells what is said.

`A told B that C left` says that A talked to B. Those who only listen, as the public and the press, are left
out, unless they are named. What is said may praise or blame C (`accusations`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.language.tree import tokens_with
from kg.language.wordsets import word_set
from kg.relations.classification import Meaning
from kg.relations.clauses import clause_at, expand, preposition_of
from kg.relations.cues import table
from kg.relations.drafts import Draft
from kg.relations.ends import stand_ins
from kg.relations.scene import Scene
from kg.types import ACTOR_TYPES

TALK = Meaning(relation_class="CONSULT")
TOLD_LABELS = frozenset({"iobj", "obj", "obl"})


def remark_drafts(scene: Scene) -> Iterator[Draft]:
    """Whom each verb of saying is said to, in the order of the text."""
    verbs = tokens_with(scene.doc, table("reporting_verbs").keys())
    for verb in (verb for verb in verbs if verb.pos_ == "VERB"):
        speakers = [one for subject in clause_at(verb).subjects for one in stand_ins(scene, subject)]
        speakers = [one for one in speakers if scene.is_a(one, ACTOR_TYPES)]
        yield from told(scene, verb, speakers)


def told(scene: Scene, verb: Token, speakers: list[Token]) -> Iterator[Draft]:
    """`A told reporters that B left`, `A said to the press that B left`: those who are talked to."""
    hearers = [child for child in verb.children if is_told(child)]
    hearers += [noun for child in verb.children for noun in addressed(child)]
    for heard in expand(hearers):
        only_listens = heard.lemma_.lower() in word_set("kg.relations", "audiences")
        for speaker in speakers if scene.is_a(heard, ACTOR_TYPES) and not only_listens else ():
            if speaker.i != heard.i:
                yield remark(verb, (speaker, heard), f"{verb.lemma_.lower()} to", TALK, "told")


def is_told(child: Token) -> bool:
    """Whether a word at a verb of saying is who hears it."""
    verb = child.head
    lemma = verb.lemma_.lower()
    if child.dep_ not in TOLD_LABELS or not preposition_of(child):
        return child.dep_ in TOLD_LABELS and lemma in word_set("kg.relations", "verbs of telling")
    return preposition_of(child) == "to" and lemma in word_set("kg.relations", "verbs of saying to")


def addressed(child: Token) -> list[Token]:
    """`A said in remarks to B`: those whom an utterance is made to."""
    is_setting = child.dep_ == "obl" and preposition_of(child) == "in"
    if not is_setting or child.lemma_.lower() not in word_set("kg.relations", "utterances to somebody"):
        return []
    return [noun for noun in child.children if noun.dep_ == "nmod" and preposition_of(noun) == "to"]


def remark(verb: Token, ends: tuple[Token, Token], words: str, meaning: Meaning, rule: str) -> Draft:
    """A draft of a verb of saying."""
    return Draft(
        subject=ends[0],
        object=ends[1],
        predicate=verb,
        occurrence=verb,
        words=words,
        meaning=meaning,
        rule=rule,
    )
