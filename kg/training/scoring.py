"""How good a network is on annotated sentences, given their words and sentence ends.

UAS and LAS count every word, punctuation too, and `las` takes labels without their subtypes, as the
CoNLL 2018 shared task does (Zeman et al. 2018); `las_full` wants the subtypes right. From raw text:
`kg.evaluation.parsing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.language.batches import Inputs, Integers, count_pieces, group_by_length, pack
from kg.language.decoding import entity_spans
from kg.language.labels import ENTITY_TYPES, NAME_TYPES, Labels
from kg.language.lemmas import Lemmatizer
from kg.language.parses import ParseDecoder, Scores
from kg.language.pieces import WordPieces
from kg.training.examples import Example

Runner = Callable[[Inputs], Scores]
# Pieces of a batch in evaluation; only speed depends on it.
_BUDGET = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A network with all that is needed to read its scores."""

    run: Runner
    decoder: ParseDecoder
    labels: Labels
    pieces: WordPieces
    lemmatizer: Lemmatizer

    def score(self, windows: Sequence[Sequence[Example]]) -> dict[str, float]:
        """Percentages by name over the sentences of all windows; entity scores where there is gold.

        Keys: upos, xpos, tags, lemma, uas, las, las_full, sentences (F1 of the starts inside windows),
        entities (names, so without dates), PER, ORG, LOC, EVENT, DATE (F1).
        """
        counts: Counter[str] = Counter()
        lengths = [sum(count_pieces(example.words) for example in window) for window in windows]
        for group in group_by_length(lengths, _BUDGET):
            words = [[word for example in windows[i] for word in example.words] for i in group]
            scores = self.run(pack(words, self.pieces))
            for row, i in enumerate(group):
                self._count(counts, scores, row, windows[i])
        return summarise(counts)

    def _count(self, counts: Counter[str], scores: Scores, row: int, window: Sequence[Example]) -> None:
        ends = np.cumsum([len(example.words) for example in window])
        gold = np.full(int(ends[-1]), -1, np.int64)
        gold[[0, *ends[:-1].tolist()]] = 1
        count_pairs(
            counts, "sentences", _places(scores.starts[row, 1 : len(gold) + 1] > 0), _places(gold > 0)
        )
        parse = self.decoder.decode(scores, row, len(gold), gold)
        for example, end in zip(window, ends.tolist(), strict=True):
            words = slice(end - len(example.words), end)
            heads = np.where(parse.heads[words] > 0, parse.heads[words] - words.start, 0)
            self._count_words(counts, example, parse.tags[words], parse.edits[words])
            self._count_arcs(
                counts, example, heads, [self.labels.relations[n] for n in parse.relations[words]]
            )
            self._count_entities(counts, example, [self.labels.entities[n] for n in parse.entities[words]])

    def _count_words(self, counts: Counter[str], example: Example, tags: Integers, edits: Integers) -> None:
        sentence = example.sentence
        if sentence.tags is None or sentence.lemmas is None:
            return
        for form, gold, lemma, tag, edit in zip(
            sentence.forms, sentence.tags, sentence.lemmas, tags.tolist(), edits.tolist(), strict=True
        ):
            found = self.labels.tags[tag]
            counts["words"] += 1
            counts["tags"] += found == gold
            counts["upos"] += found.split("|")[0] == gold.split("|")[0]
            counts["xpos"] += found.split("|")[1] == gold.split("|")[1]
            counts["lemma"] += self.lemmatizer.lemma(form, found, edit) == lemma

    @staticmethod
    def _count_arcs(
        counts: Counter[str], example: Example, heads: Integers, relations: Sequence[str]
    ) -> None:
        sentence = example.sentence
        if sentence.heads is None or sentence.relations is None:
            return
        for gold, relation, head, found in zip(
            sentence.heads, sentence.relations, heads.tolist(), relations, strict=True
        ):
            label = "root" if head == 0 else found
            counts["uas"] += head == gold
            counts["las"] += head == gold and label.partition(":")[0] == relation.partition(":")[0]
            counts["las_full"] += head == gold and label == relation

    @staticmethod
    def _count_entities(counts: Counter[str], example: Example, found: Sequence[str]) -> None:
        gold = example.sentence.entities
        if gold is None:
            return
        kinds = ENTITY_TYPES if example.sentence.has_events else ENTITY_TYPES[:3]
        for kind in kinds:
            spans = {span for span in entity_spans(found) if span[2] == kind}
            count_pairs(counts, kind, spans, {span for span in entity_spans(gold) if span[2] == kind})


def _places(flags: NDArray[np.bool_]) -> set[int]:
    return set(np.flatnonzero(flags[1:]).tolist())


def count_pairs(counts: Counter[str], name: str, found: Set[object], gold: Set[object]) -> None:
    """Adds what was found, what was to find, and what was both to the counts."""
    counts[f"{name}:found"] += len(found)
    counts[f"{name}:gold"] += len(gold)
    counts[f"{name}:both"] += len(found & gold)


def summarise(counts: Counter[str]) -> dict[str, float]:
    """Counts → percentages with two digits; what was never counted is left out."""
    result: dict[str, float] = {}
    for name in ("upos", "xpos", "tags", "lemma", "uas", "las", "las_full"):
        if counts["words"]:
            result[name] = round(100 * counts[name] / counts["words"], 2)
    for name in ("sentences", *ENTITY_TYPES):
        if counts[f"{name}:gold"]:
            result[name] = _f1([name], counts)
    if any(counts[f"{kind}:gold"] for kind in NAME_TYPES):
        result["entities"] = _f1(NAME_TYPES, counts)
    return result


def _f1(names: Iterable[str], counts: Counter[str]) -> float:
    names = list(names)
    both = sum(counts[f"{name}:both"] for name in names)
    total = sum(counts[f"{name}:found"] + counts[f"{name}:gold"] for name in names)
    return round(200 * both / max(1, total), 2)
