"""Remarks: whom somebody talks to and about, where the article tells what is said.

`A told the press that B left` says that A talked to the press and said something of B. What is said may
praise or blame B (`accusations`); here it is only held that A spoke of B. Confidence decides which of these
drafts are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.language.tree import tokens_with
from kg.language.wordsets import word_set
from kg.relations.classification import Meaning
from kg.relations.clauses import clause_at, expand, preposition_of, subjects_of
from kg.relations.cues import table
from kg.relations.drafts import Draft
from kg.relations.ends import stand_ins
from kg.relations.scene import Scene
from kg.types import ACTOR_TYPES, EntityType

TALK = Meaning(relation_class="CONSULT")
OF = Meaning(relation_class="OTHER")
TOLD_LABELS = frozenset({"iobj", "obj", "obl"})
SUBJECT_LABELS = frozenset({"nsubj", "nsubj:pass"})
PERSON = frozenset({EntityType.PERSON})


def remark_drafts(scene: Scene) -> Iterator[Draft]:
    """Whom each verb of saying is said to, and whom what is said is about, in the order of the text."""
    verbs = tokens_with(scene.doc, table("reporting_verbs").keys())
    for verb in (verb for verb in verbs if verb.pos_ == "VERB"):
        speakers = [one for subject in clause_at(verb).subjects for one in stand_ins(scene, subject)]
        speakers = [one for one in speakers if scene.is_a(one, ACTOR_TYPES)]
        for rule in RULES if speakers else ():
            yield from rule(scene, verb, speakers)


def told(scene: Scene, verb: Token, speakers: list[Token]) -> Iterator[Draft]:
    """`A told reporters that B left`, `A said to the press that B left`: those who are talked to."""
    hearers = [child for child in verb.children if is_told(child)]
    hearers += [noun for child in verb.children for noun in addressed(child)]
    for heard in expand(hearers):
        for speaker in speakers if scene.is_a(heard, ACTOR_TYPES) else ():
            if speaker.i != heard.i:
                yield remark(verb, (speaker, heard), f"{verb.lemma_.lower()} to", TALK, "told")


def is_told(child: Token) -> bool:
    """Whether a word at a verb of saying is who hears it."""
    verb = child.head
    tells = verb.lemma_.lower() in word_set("kg.relations", "verbs of telling")
    return child.dep_ in TOLD_LABELS and preposition_of(child) == ("" if tells else "to")


def addressed(child: Token) -> list[Token]:
    """`A said in remarks to B`: those whom an utterance is made to."""
    is_setting = child.dep_ == "obl" and preposition_of(child) == "in"
    if not is_setting or child.lemma_.lower() not in word_set("kg.relations", "utterances to somebody"):
        return []
    return [noun for noun in child.children if noun.dep_ == "nmod" and preposition_of(noun) == "to"]


def spoken_of(scene: Scene, verb: Token, speakers: list[Token]) -> Iterator[Draft]:
    """`A said B had left`: the named person that what is said is about."""
    said = [child for child in verb.children if child.dep_ in {"ccomp", "parataxis"} and is_said(child)]
    subjects = [token for predicate in said for token in subjects_of(predicate)]
    for subject in (one for token in subjects for one in stand_ins(scene, token)):
        for speaker in speakers if scene.is_named(subject, PERSON) else ():
            if speaker.i != subject.i:
                yield remark(verb, (speaker, subject), f"{verb.lemma_.lower()} of", OF, "spoken of")


def is_said(predicate: Token) -> bool:
    """Whether a clause at a verb of saying is what is said: it is no verb of saying with a subject before."""
    says = predicate.lemma_.lower() in table("reporting_verbs") and predicate.dep_ == "parataxis"
    return not says and any(child.dep_ in SUBJECT_LABELS for child in predicate.children)


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


RULES: tuple[Callable[[Scene, Token, list[Token]], Iterator[Draft]], ...] = (told, spoken_of)
