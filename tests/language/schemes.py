"""Reads `treebank/clear.txt`: sentences as spaCy's pipelines annotate them, with the trees wanted of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc

_VOCAB = spacy.blank("en").vocab
_FILE = Path(__file__).parent / "treebank" / "clear.txt"
_LEMMAS = dict.fromkeys("am is are was were been".split(), "be") | {"has": "have", "had": "have"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence in both schemes."""

    text: str
    block: str

    @property
    def rows(self) -> list[list[str]]:
        """The cells of each word."""
        return [line.split() for line in self.block.splitlines() if not line.startswith("#")]

    @property
    def expected(self) -> list[tuple[str, int, str]]:
        """Each word with the head and label it is to have."""
        return [
            (row[0].removesuffix("_"), int(row[3 if row[5] == "." else 5]), row[4 if row[6] == "." else 6])
            for row in self.rows
        ]

    @property
    def expected_pos(self) -> list[str]:
        """The part of speech that each word is to have."""
        return [row[7] if len(row) > 7 else row[1] for row in self.rows]

    def doc(self) -> Doc:
        """The sentence as it comes."""
        words = [row[0].removesuffix("_") for row in self.rows]
        doc = Doc(
            _VOCAB,
            words=words,
            spaces=[not row[0].endswith("_") for row in self.rows[:-1]] + [False],
            lemmas=[_LEMMAS.get(word, word) for word in words],
            pos=[row[1] for row in self.rows],
            tags=[row[2] for row in self.rows],
            heads=[int(row[3]) - 1 if row[3] != "0" else i for i, row in enumerate(self.rows)],
            deps=[row[4] for row in self.rows],
        )
        doc.ents = [self._span(doc, name, label) for name, label in self._names()]
        return doc

    def _names(self) -> list[tuple[str, str]]:
        line = next((line for line in self.block.splitlines() if line.startswith("# ents = ")), "# ents = ")
        names, words = [], []
        for word in line.removeprefix("# ents = ").split():
            text, _, label = word.partition("/")
            words.append(text)
            if label:
                names.append((" ".join(words), label))
                words = []
        return names

    def _span(self, doc, name, label):
        start = self.text.index(name)
        return doc.char_span(start, start + len(name), label)


def cases() -> list[Case]:
    """All sentences, in the order of the file."""
    blocks = [block for block in _FILE.read_text("utf-8").split("\n\n") if block.startswith("# text = ")]
    return [Case(text=block.splitlines()[0].removeprefix("# text = "), block=block) for block in blocks]


def case(text: str) -> Case:
    """The sentence with a text."""
    return next(found for found in cases() if found.text == text)
