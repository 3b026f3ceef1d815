"""Scores of a weights folder on corpora without trees. All others: `kg.evaluation.parsing`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.language import weights
from kg.language.decoding import EntityDecoder
from kg.language.network import Network, RelationHead
from kg.language.parses import ParseDecoder
from kg.language.pieces import WordPieces
from kg.training.corpora import Sentence
from kg.training.examples import ExampleMaker, make_windows
from kg.training.scoring import Judge
from kg.training.settings import WindowSettings

Scores = dict[str, dict[str, float]]


def judge_files(files: Mapping[str, bytes], threads: int = 1) -> Judge:
    """What scores the files of a weights folder as they run."""
    labels = weights.parse_labels(files[weights.LABELS])
    head = RelationHead(files[weights.RELATIONS], threads)
    decoder = ParseDecoder(head.choose, EntityDecoder(labels.entities))
    return Judge(
        run=Network(files[weights.NETWORK], threads).run,
        decoder=decoder,
        labels=labels,
        pieces=WordPieces(files[weights.PIECES].decode().split("\n")),
        lemmatizer=weights.parse_lemmas(files[weights.LEMMAS], labels),
    )


def score_gold_words(judge: Judge, sentences: Sequence[Sentence], windows: WindowSettings) -> Scores:
    """Scores by corpus, given words and sentence ends; windows are read each by itself."""
    maker = ExampleMaker(judge.labels, judge.pieces)
    names = sorted({sentence.corpus for sentence in sentences})
    return {
        name: judge.score(list(make_windows((maker.make(s) for s in sentences if s.corpus == name), windows)))
        for name in names
    }
