"""Reads the hand-checked trees of `treebank/*.conllu`, so that tests of one rule need no weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc, Token

_VOCAB = spacy.blank("en").vocab
_FOLDER = Path(__file__).parent / "treebank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What one word of a document is expected to give."""

    block: str
    text: str
    word: str
    expected: str

    def token(self) -> Token:
        """The last such word of the document."""
        return [token for token in doc_of(self.block) if token.lower_ == self.word][-1]


def cases_of(name: str) -> list[Case]:
    """The cases of a file, in its order."""
    text = (_FOLDER / f"{name}.conllu").read_text("utf-8")
    found = []
    for block in text.split("# newdoc\n")[1:]:
        sentence = field_of(block, "text")
        for pair in field_of(block, "expect").split():
            word, expected = pair.split(":")
            found.append(Case(block=block, text=sentence, word=word, expected=expected))
    return found


def field_of(block: str, name: str) -> str:
    """A comment of a document: `# name = value`."""
    mark = f"# {name} = "
    return next(line.removeprefix(mark) for line in block.splitlines() if line.startswith(mark))


def doc_of(block: str) -> Doc:
    """A document from its CoNLL-U lines."""
    rows: list[list[str]] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence in block.strip().split("\n\n"):
        lines = [line.split("\t") for line in sentence.splitlines() if not line.startswith("#")]
        offset = len(rows)
        for number, row in enumerate(lines):
            heads.append(offset + (int(row[6]) - 1 if row[6] != "0" else number))
            starts.append(number == 0)
        rows += lines
    return Doc(
        _VOCAB,
        words=[row[1] for row in rows],
        spaces=[row[9] != "SpaceAfter=No" for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=heads,
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
        sent_starts=starts,
    )
