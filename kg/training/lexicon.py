"""The lemma lexicon behind the network: the treebanks' own practice, and LemmInflect's table (MIT)."""

from __future__ import annotations

import csv
import gzip
import importlib.util
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.language.labels import Labels
from kg.language.lemmas import Lemmatizer
from kg.training.corpora import Sentence

_PACKAGE = "lemminflect"
_TABLE = "resources/lemma_lu.csv.gz"
_PARTS = {"verb": "VERB", "noun": "NOUN", "adj": "ADJ", "adv": "ADV"}


def make_lemmatizer(sentences: Iterable[Sentence], labels: Labels) -> Lemmatizer:
    """The lemmatizer of these training sentences. Without LemmInflect its lexicon is empty."""
    return Lemmatizer(edits=labels.edits, seen=_seen(sentences), lexicon=_lexicon())


def _seen(sentences: Iterable[Sentence]) -> dict[str, dict[str, str]]:
    """UPOS|XPOS → form → its commonest lemma in the treebanks, where it is not the form itself in a name."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for form, tag, lemma in zip(sentence.forms, sentence.tags or (), sentence.lemmas or (), strict=False):
            counts["|".join(tag.split("|")[:2]), form][lemma] += 1
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for (tag, form), lemmas in sorted(counts.items()):
        lemma, _ = min(lemmas.items(), key=lambda item: (-item[1], item[0]))
        if not (tag.startswith(("PROPN", "PUNCT", "NUM", "SYM")) and lemma == form):
            seen[tag][form] = lemma
    return dict(seen)


def _lexicon() -> dict[str, Mapping[str, str]]:
    lexicon: dict[str, dict[str, str]] = {part: {} for part in _PARTS.values()}
    for form, part, lemmas in _rows():
        if part in _PARTS and form.islower() and lemmas.split("/")[0].islower():
            lexicon[_PARTS[part]][form] = lemmas.split("/")[0]
    return dict(lexicon)


def _rows() -> Iterator[tuple[str, str, str]]:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return
    with gzip.open(Path(spec.origin).parent / _TABLE, "rt", encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if len(row) == len(("form", "part", "lemmas")):
                yield row[0], row[1], row[2]
