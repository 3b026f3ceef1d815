"""`kg_clear`: what another spaCy pipeline has annotated, in the schemes that this package reads.

spaCy's own English pipelines have dependencies of the CLEAR scheme and entity types of OntoNotes. Their trees
become those of Universal Dependencies (`rules`), their entities ours (`ontonotes`). Trees that are
Universal Dependencies already stay as they are, but that the root is called `ROOT`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.language.clear.rules import RULES
from kg.language.clear.trees import Tree
from kg.language.ontonotes import entities_of
from kg.language.wordsets import word_set


class Scheme(StrEnum):
    """A set of dependency labels with what they mean."""

    CLEAR = "clear"
    UNIVERSAL = "universal"


AUTOMATIC = "auto"
"""Each document tells by its labels which scheme it has."""


@Language.factory(
    "kg_clear",
    requires=["token.dep", "token.head", "doc.ents"],
    assigns=[
        *("token.dep", "token.head", "token.pos", "token.morph"),
        *("doc.ents", "token.ent_iob", "token.ent_type"),
    ],
    default_config={"scheme": AUTOMATIC},
)
def make_clear(nlp: Language, name: str, *, scheme: str) -> Clear:
    """The component; `scheme` is `clear`, `universal`, or `auto`, by which each document tells itself.

    Raises:
        ModelError: If the scheme is none of these.
    """
    allowed = (AUTOMATIC, *Scheme)
    if scheme not in allowed:
        raise ModelError(
            f"The component {name!r} knows no scheme of dependencies called {scheme!r}; "
            f"take one of {', '.join(repr(str(known)) for known in allowed)}."
        )
    return Clear(None if scheme == AUTOMATIC else Scheme(scheme))


class Clear:
    """Writes trees and entities of other schemes anew."""

    def __init__(self, scheme: Scheme | None = None) -> None:
        """A scheme of None is found out for each document."""
        self._scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        """Rewrites one document."""
        doc.ents = entities_of(doc)
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> Tree:
        """The trees of a document whose entities are ours already."""
        tree = Tree(doc)
        scheme = self._scheme or scheme_of(set(tree.labels))
        for rule in RULES if scheme is Scheme.CLEAR else ():
            rule(tree)
        tree.labels = ["ROOT" if i == tree.heads[i] else label for i, label in enumerate(tree.labels)]
        return tree

    def set_annotations(self, doc: Doc, tree: Tree) -> None:
        """Writes the trees into the document."""
        if len(doc):
            tree.write(doc)


def scheme_of(labels: Iterable[str]) -> Scheme | None:
    """The scheme of some dependency labels; None where they belong to none, or to more than one.

    >>> str(scheme_of(["nsubj", "prep", "pobj"])), scheme_of(["nsubj", "punct"])
    ('clear', None)
    """
    found = set(labels)
    is_clear = not found.isdisjoint(word_set("kg.language", "clear labels"))
    is_universal = not found.isdisjoint(word_set("kg.language", "universal labels"))
    if is_clear == is_universal:
        return None
    return Scheme.CLEAR if is_clear else Scheme.UNIVERSAL
