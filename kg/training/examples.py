"""Sentences → what the network learns from: pieces, shapes and numbered labels, packed into batches."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kg.language.batches import LONGEST_WINDOW, Inputs, Integers, Word, count_pieces, make_word, pack
from kg.language.decoding import entity_spans
from kg.language.labels import ENTITY_LABELS, NAME_TYPES, Labels
from kg.language.lemmas import KEEP, make_edit
from kg.language.pieces import WordPieces, case_shape
from kg.training.corpora import Sentence
from kg.training.harmony import is_foreign
from kg.training.settings import NoiseSettings, WindowSettings

IGNORED = -100
# `O` in a corpus without events: no person, organisation or place, but perhaps an event or a date.
NO_NAME = len(ENTITY_LABELS)
# A sentence of so few words keeps its mark.
_SHORT = 2
# Headlines leave words of so few letters in lower case.
_FUNCTION_WORD = 3
# A label that occurs less often cannot be learnt.
_RAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One sentence, numbered; each array has one value a word, `IGNORED` where it is not known."""

    sentence: Sentence
    words: tuple[Word, ...]
    tags: Integers
    edits: Integers
    heads: Integers
    """Places of the heads, counted from 1; 0 is the root."""
    relations: Integers
    entities: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows of examples with their labels, windows × words; word 0 is the root."""

    inputs: Inputs
    tags: Integers
    edits: Integers
    heads: Integers
    relations: Integers
    entities: Integers
    starts: Integers
    sentences: Integers
    """Which sentence of the window a word stands in, from 0; -1 for the root and padding."""
    is_foreign: NDArray[np.bool_]
    """Windows of a corpus with its own idea of what an organisation or a place is (`kg.training.harmony`)."""
    windows: Sequence[Sequence[Example]]


def collect_labels(sentences: Iterable[Sentence]) -> Labels:
    """The labels that occur often enough in the training sentences, the commonest first."""
    tags: Counter[str] = Counter()
    edits: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for sentence in sentences:
        tags.update(sentence.tags or ())
        relations.update(sentence.relations or ())
        edits.update(map(make_edit, sentence.forms, sentence.lemmas or ()))
    return Labels(tags=_common(tags), edits=_common(edits), relations=_common(relations))


def _common(counts: Counter[str]) -> tuple[str, ...]:
    found = [label for label, count in counts.items() if count >= _RAREST]
    return tuple(sorted(found, key=lambda label: (-counts[label], label)))


class ExampleMaker:
    """Numbers sentences."""

    def __init__(self, labels: Labels, pieces: WordPieces) -> None:
        self.labels = labels
        self.pieces = pieces
        self._tags = _numbers(labels.tags)
        self._edits = _numbers(labels.edits)
        self._relations = _numbers(labels.relations)
        self._entities = _numbers(labels.entities)

    def make(self, sentence: Sentence) -> Example:
        """The example of one sentence."""
        size = len(sentence.forms)
        edits = map(make_edit, sentence.forms, sentence.lemmas or ())
        heads = np.full(size, IGNORED, np.int64)
        if sentence.heads is not None:
            heads[:] = sentence.heads
        return Example(
            sentence=sentence,
            words=tuple(make_word(form, self.pieces) for form in sentence.forms),
            tags=_column(sentence.tags, self._tags, size),
            edits=_column(edits if sentence.lemmas else None, self._edits, size),
            heads=heads,
            relations=_column(sentence.relations, self._relations, size),
            entities=self._entity_column(sentence, size),
        )

    def _entity_column(self, sentence: Sentence, size: int) -> Integers:
        column = _column(sentence.entities, self._entities, size)
        return column if sentence.has_events else np.where(column == 0, NO_NAME, column)


def _numbers(labels: Sequence[str]) -> dict[str, int]:
    return {label: number for number, label in enumerate(labels)}


def _column(labels: Iterable[str] | None, numbers: dict[str, int], size: int) -> Integers:
    if labels is None:
        return np.full(size, IGNORED, np.int64)
    return np.fromiter((numbers.get(label, IGNORED) for label in labels), np.int64, size)


class Noise:
    """Shows some sentences in another writing or with other names, so that the network learns from the rest.

    Headlines and capitals then do not confuse it, and a name that it never saw is read by its surroundings
    (mention replacement, Dai and Adel 2020).
    """

    def __init__(self, settings: NoiseSettings, examples: Sequence[Example], maker: ExampleMaker) -> None:
        self._settings = settings
        self._maker = maker
        self._keep = _numbers(maker.labels.edits).get(KEEP, IGNORED)
        self._marks = {n for n, tag in enumerate(maker.labels.tags) if tag.startswith("PUNCT")}
        self._mentions = _mentions(example.sentence for example in examples)
        self._names = self._collect_names(examples)

    def change(self, example: Example, rnd: random.Random) -> Example:
        """The example, or by chance a changed one."""
        is_parsed = example.sentence.heads is not None
        example = self._swap_names(example, rnd) if is_parsed else self._swap_mentions(example, rnd)
        if rnd.random() < self._settings.unmarked and self._ends_with_mark(example):
            example = _shorten(example)
        draw = rnd.random()
        for share, write in self._writings():
            if draw < share:
                return _rewrite(example, write)
            draw -= share
        return example

    def _writings(self) -> tuple[tuple[float, Callable[[str], str]], ...]:
        settings = self._settings
        return (settings.title, _headline), (settings.upper, str.upper), (settings.lower, str.lower)

    def _collect_names(self, examples: Iterable[Example]) -> dict[str, list[tuple[str, Word]]]:
        """One-word names by label, each form once, in the order of the corpora."""
        found: dict[str, dict[str, Word]] = {}
        for example in examples:
            for i, label in self._single_names(example):
                found.setdefault(label, {}).setdefault(example.sentence.forms[i], example.words[i])
        return {label: list(words.items()) for label, words in found.items()}

    def _single_names(self, example: Example) -> list[tuple[int, str]]:
        """Places and labels of the one-word names whose lemma is the word itself."""
        spans = entity_spans(example.sentence.entities or ())
        found = [(start, label) for start, end, label in spans if end - start == 1 and label in NAME_TYPES]
        return [(i, label) for i, label in found if example.edits[i] in (self._keep, IGNORED)]

    def _swap_names(self, example: Example, rnd: random.Random) -> Example:
        """Some one-word names become others of the same label; the tree stays."""
        words, forms = list(example.words), list(example.sentence.forms)
        for i, label in self._single_names(example) if self._settings.names else ():
            if rnd.random() < self._settings.names:
                forms[i], words[i] = rnd.choice(self._names[label])
        sentence = replace(example.sentence, forms=tuple(forms))
        return replace(example, sentence=sentence, words=tuple(words))

    def _swap_mentions(self, example: Example, rnd: random.Random) -> Example:
        """Some names of a sentence without a tree become others of the same label, of any length."""
        sentence = example.sentence
        forms, labels = list(sentence.forms), list(sentence.entities or ())
        for start, end, label in reversed(list(entity_spans(labels))):
            if rnd.random() < self._settings.mentions:
                mention = rnd.choice(self._mentions[label])
                forms[start:end] = mention
                labels[start:end] = [f"B-{label}", *[f"I-{label}"] * (len(mention) - 1)]
        if forms == list(sentence.forms):
            return example
        return self._maker.make(replace(sentence, forms=tuple(forms), entities=tuple(labels)))

    def _ends_with_mark(self, example: Example) -> bool:
        size = len(example.words)
        return size > _SHORT and int(example.tags[-1]) in self._marks and not (example.heads == size).any()


def _mentions(sentences: Iterable[Sentence]) -> dict[str, list[tuple[str, ...]]]:
    """The names of the sentences by label, each once, in the order of the corpora."""
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for sentence in sentences:
        for start, end, label in entity_spans(sentence.entities or ()):
            found.setdefault(label, {})[sentence.forms[start:end]] = None
    return {label: list(names) for label, names in found.items()}


def _headline(form: str) -> str:
    return form[:1].upper() + form[1:] if len(form) > _FUNCTION_WORD else form


def _rewrite(example: Example, write: Callable[[str], str]) -> Example:
    shapes = (case_shape(write(form)) for form in example.sentence.forms)
    words = tuple(replace(word, shape=shape) for word, shape in zip(example.words, shapes, strict=False))
    return replace(example, words=words)


def _shorten(example: Example) -> Example:
    return replace(
        example,
        words=example.words[:-1],
        tags=example.tags[:-1],
        edits=example.edits[:-1],
        heads=example.heads[:-1],
        relations=example.relations[:-1],
        entities=example.entities[:-1],
    )


def make_windows(
    examples: Iterable[Example], settings: WindowSettings, rnd: random.Random | None = None
) -> Iterator[list[Example]]:
    """Consecutive sentences of one document, up to a length that is drawn anew for each window.

    Without `rnd` every window is filled to the longest.
    """
    window: list[Example] = []
    pieces = 0
    limit = settings.longest
    for example in examples:
        count = count_pieces(example.words)
        if count > LONGEST_WINDOW:
            continue
        is_new = bool(window) and window[-1].sentence.document != example.sentence.document
        if window and (is_new or pieces + count > limit):
            yield window
            window, pieces = [], 0
            limit = rnd.randint(settings.shortest, settings.longest) if rnd else limit
        window.append(example)
        pieces += count
    if window:
        yield window


def make_batch(windows: Sequence[Sequence[Example]], pieces: WordPieces) -> Batch:
    """The windows as one padded batch with labels."""
    inputs = pack([[word for example in window for word in example.words] for window in windows], pieces)
    size = inputs.spans.shape[2]

    def blank(value: int = IGNORED) -> Integers:
        return np.full((len(windows), size), value, np.int64)

    batch = Batch(
        inputs=inputs,
        tags=blank(),
        edits=blank(),
        heads=blank(),
        relations=blank(),
        entities=blank(),
        starts=blank(),
        sentences=blank(-1),
        is_foreign=np.array([is_foreign(window[0].sentence.corpus) for window in windows]),
        windows=windows,
    )
    for row, window in enumerate(windows):
        first = 1
        for number, example in enumerate(window):
            _fill(batch, row, first, number, example)
            first += len(example.words)
    return batch


def _fill(batch: Batch, row: int, first: int, number: int, example: Example) -> None:
    place = row, slice(first, first + len(example.words))
    batch.tags[place] = example.tags
    batch.edits[place] = example.edits
    batch.relations[place] = example.relations
    batch.entities[place] = example.entities
    batch.heads[place] = np.where(example.heads > 0, example.heads + first - 1, example.heads)
    batch.sentences[place] = number
    if example.sentence.heads is not None:
        batch.starts[place] = 0
        batch.starts[row, first] = 1
