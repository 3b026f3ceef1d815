"""Treebanks (CoNLL-U) and entity corpora (IOB2) → texts with gold.

How well a pipeline reads these texts says `kg.evaluation.parsing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from kg.errors import EvaluationError
from kg.language.decoding import entity_spans

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word, gold or predicted."""

    span: Span
    """Character offsets, end exclusive."""
    upos: str
    xpos: str
    lemma: str
    """`_` in gold: any will do."""
    relation: str
    head: Span | None
    """Where the head stands; None for a root."""
    notes: str = ""
    """The column MISC of gold, such as `Entity=(1-person)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A document as one of the two sides sees it."""

    text: str
    words: tuple[Word, ...]
    sentences: frozenset[Span]
    entities: frozenset[tuple[int, int, str]] | None
    """Spans with their types; None where they were not annotated."""
    name: str = ""
    """The document's id, such as `GUM_news_crane`; empty where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSet:
    """A treebank with entities, by the names of its files."""

    treebank: str
    entities: str
    kinds: tuple[str, ...]
    """The entity types that are annotated."""

    def read(self, corpora: Path, part: str) -> list[Annotation]:
        """The documents of `test` or `dev`.

        Raises:
            EvaluationError: If a file is missing or broken.
        """
        files = (
            corpora / "ud" / f"{self.treebank}-{part}.conllu",
            corpora / "ner" / f"{self.entities}-{part}.iob2",
        )
        missing = next((file for file in files if not file.is_file()), None)
        if missing is not None:
            raise EvaluationError(
                f"There is no file {str(missing)!r}; give a folder of corpora with ud/ and ner/ in it."
            )
        return read_documents(*files)


TEST_SETS = (
    TestSet(treebank="ewt", entities="uner-ewt", kinds=("PER", "ORG", "LOC")),
    TestSet(treebank="gum", entities="gum", kinds=("PER", "ORG", "LOC", "EVENT", "DATE")),
)


def read_blocks(path: Path, *, columns: int) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comments and rows between blank lines. A comment begins with hash and space."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], 1):
        if line.startswith("# ") and "\t" not in line:
            comments.append(line)
        elif line:
            rows.append(line.split("\t"))
            if len(rows[-1]) < columns:
                raise EvaluationError(f"Line {number} of {str(path)!r} has not {columns} columns; mend it.")
        elif rows:
            yield comments, rows
            comments, rows = [], []


def read_documents(path: Path, entities: Path | None = None) -> list[Annotation]:
    """The documents of a CoNLL-U file as texts with gold: a blank line stands between paragraphs.

    Args:
        path: The treebank.
        entities: An IOB2 file with the same sentences; where its words are cut otherwise, the characters
            of the names count.

    Raises:
        EvaluationError: If a line is broken, or the entity file lacks a sentence or has another text there.
    """
    spans = {} if entities is None else dict(_read_labels(entities))
    documents: list[_Builder] = []
    for comments, rows in read_blocks(path, columns=10):
        if not documents or any(line.startswith("# newdoc") for line in comments):
            name = next((line.split()[-1] for line in comments if line.startswith("# newdoc id")), "")
            documents.append(_Builder(name, has_entities=entities is not None))
        is_paragraph = any(line.startswith("# newpar") for line in comments)
        identity = next((line for line in comments if line.startswith("# sent_id")), "")
        if entities is not None and identity not in spans:
            raise EvaluationError(
                f"{str(entities)!r} lacks the sentence {identity!r} of {str(path)!r}; mend it."
            )
        documents[-1].add_sentence(rows, spans.get(identity, ()), is_paragraph=is_paragraph)
    return [builder.finish() for builder in documents]


def _read_labels(path: Path) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    for comments, rows in read_blocks(path, columns=2):
        identity = next((line for line in comments if line.startswith("# sent_id")), "")
        yield identity, [(row[0], row[1]) for row in rows]


class _Builder:
    """Puts the text of one document together from its tokens."""

    def __init__(self, name: str, *, has_entities: bool) -> None:
        self._name = name
        self._text = ""
        self._words: list[Word] = []
        self._sentences: set[Span] = set()
        self._entities: set[tuple[int, int, str]] | None = set() if has_entities else None

    def add_sentence(
        self, rows: Iterable[Sequence[str]], labelled: Sequence[tuple[str, str]], *, is_paragraph: bool
    ) -> None:
        """Adds the tokens of one sentence: `1-2` rows are written tokens of several words."""
        if is_paragraph and self._text:
            self._text = self._text.rstrip() + "\n\n"
        begin = len(self._text)
        rows = list(rows)
        spans = self._place_words(rows)
        words = [row for row in rows if row[0].isdigit()]
        self._words += [_gold_word(row, spans) for row in words]
        ordered = [spans[row[0]] for row in words]
        self._sentences.add((begin, ordered[-1][1]))
        if self._entities is not None:
            places = ordered
            if len(labelled) != len(ordered):
                places = self._find_words([form for form, _ in labelled], begin)
            for first, end, kind in entity_spans([label for _, label in labelled]):
                self._entities.add((places[first][0], places[end - 1][1], kind))

    def _find_words(self, forms: Sequence[str], begin: int) -> list[Span]:
        """The characters of words that are cut otherwise than the treebank's; white space does not count."""
        text = self._text[begin:]
        if "".join("".join(forms).split()) != "".join(text.split()):
            raise EvaluationError(
                f"The entities of {text.strip()!r} are of another text: {' '.join(forms)!r}."
            )
        places = [begin + i for i, c in enumerate(text) if not c.isspace()]
        ends = list(accumulate(len("".join(form.split())) for form in forms))
        return [(places[a], places[b - 1] + 1) for a, b in pairwise([0, *ends])]

    def _place_words(self, rows: Iterable[Sequence[str]]) -> dict[str, Span]:
        """Writes the tokens; gives the characters of each word by its number."""
        spans: dict[str, Span] = {}
        token, last = (0, 0), 0
        for row in rows:
            if "-" in row[0]:
                token, last = self._write(row), int(row[0].partition("-")[2])
            elif row[0].isdigit() and int(row[0]) > last:
                spans[row[0]] = self._write(row)
            elif row[0].isdigit():
                spans[row[0]] = self._part(row[1], token, is_last=int(row[0]) == last)
                token = spans[row[0]][1], token[1]
        return spans

    def _write(self, row: Sequence[str]) -> Span:
        start = len(self._text)
        self._text += row[1]
        end = len(self._text)
        self._text += "" if "SpaceAfter=No" in row[9] else " "
        return start, end

    def _part(self, form: str, rest: Span, *, is_last: bool) -> Span:
        """The characters of one word of a written token; none where they are not spelt like the word."""
        end = rest[0] + len(form)
        if is_last:
            return rest
        is_spelt = end < rest[1] and self._text[rest[0] : end].lower() == form.lower()
        return (rest[0], end) if is_spelt else (rest[0], rest[0])

    def finish(self) -> Annotation:
        """The document."""
        return Annotation(
            text=self._text.rstrip(),
            words=tuple(self._words),
            sentences=frozenset(self._sentences),
            entities=None if self._entities is None else frozenset(self._entities),
            name=self._name,
        )


def _gold_word(row: Sequence[str], spans: Mapping[str, Span]) -> Word:
    return Word(
        span=spans[row[0]],
        upos=row[3],
        xpos=row[4],
        lemma=row[2],
        relation=row[7],
        head=None if row[6] == "0" else spans[row[6]],
        notes=row[9],
    )
