"""Builds parsed documents from one line of text, so that tests of a rule stay short."""

from __future__ import annotations

import functools
import re

import spacy
from spacy.tokens import Doc

from kg.actors.coreference import Coreference
from kg.actors.entities import Entities
from kg.actors.mentions import Mentions
from kg.relations.scene import Scene
from kg.types import Article

_NLP = spacy.blank("en")


def parsed(text: str) -> Doc:
    """A document from words as `word=lemma@ENT/POS/head/label/morph`; `|` divides sentences.

    Heads are numbers of words in the sentence from 1, 0 for the root. Lemma, entity and morphology may be
    left out; the lemma is then the word itself, in lower case unless it is a proper noun. `@+` continues an
    entity.

    >>> doc = parsed("Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root | Bo/PROPN/2/nsubj left/VERB/0/root")
    >>> [sent.text for sent in doc.sents], doc.ents, doc[1].lemma_
    (['Ana met', 'Bo left'], (Ana,), 'meet')
    """
    words, lemmas, tags, heads, labels, morphs, starts, ents = ([] for _ in range(8))
    for sentence in re.split(r"\s\|\s", text):
        offset = len(words)
        for number, cell in enumerate(sentence.split()):
            form, tag, head, label, morph = [*cell.split("/"), ""][:5]
            form, _, ent = form.partition("@")
            word, _, lemma = form.partition("=")
            words.append(word)
            lemmas.append(lemma or (word if tag == "PROPN" else word.lower()))
            tags.append(tag)
            heads.append(offset + int(head) - 1 if head != "0" else offset + number)
            labels.append("ROOT" if head == "0" else label)
            morphs.append(morph)
            starts.append(number == 0)
            ents.append("O" if not ent else f"I-{ents[-1][2:]}" if ent == "+" else f"B-{ent}")
    return Doc(
        _NLP.vocab, words=words, lemmas=lemmas, pos=tags, heads=heads, deps=labels, morphs=morphs,
        sent_starts=starts, ents=ents,
    )  # fmt: skip


def with_entities(doc: Doc, *, article: Article | None = None) -> Doc:
    """A document with phrases, clusters and entities, by the package's components."""
    for component in components():
        doc._.article = article
        component(doc)
    return doc


@functools.cache
def components() -> tuple[Mentions, Coreference, Entities]:
    """The components of `kg.actors`, in their order."""
    return Mentions(_NLP, "kg_mentions"), Coreference(_NLP, "kg_coreference"), Entities(_NLP, "kg_entities")


def scene_of(text: str) -> Scene:
    """The scene of a document that is written as for `parsed`."""
    return Scene(with_entities(parsed(text)))
