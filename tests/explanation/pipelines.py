"""A pipeline whose trees are written down, so that explanations are tested without weights."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg.relations.statements import Relations
from kg.types import Article
from tests.sentences import components, parsed


class WrittenPipeline:
    """Parses as a table says (see `tests.sentences.parsed`), then runs the extraction components."""

    def __init__(self, table: str, *, threshold: float = 0.0) -> None:
        self.table = table
        self.components = components()
        self.relations = Relations(spacy.blank("en"), "kg_relations", threshold)

    @property
    def article(self) -> Article:
        return Article(id="a1", text=parsed(self.table).text)

    def make_doc(self, text: str) -> Doc:
        return parsed(self.table)

    def __call__(self, doc: Doc) -> Doc:
        for component in self.components:
            component(doc)
        return self.relations(doc)

    def get_pipe(self, name: str) -> Relations:
        return self.relations


MET = (
    "Ana@PER/PROPN/3/nsubj Bell@+/PROPN/1/flat met=meet/VERB/0/root/Tense=Past|VerbForm=Fin "
    "Bo@PER/PROPN/3/obj Cole@+/PROPN/4/flat"
)
THEN_SHE_LEFT = MET + (
    " | She/PRON/4/nsubj did=do/AUX/4/aux not/PART/4/advmod visit/VERB/0/root/VerbForm=Inf "
    "Peru@LOC/PROPN/4/obj"
)
