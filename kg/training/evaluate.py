"""The scores of the card: the test parts, on gold words and from raw text, and the speed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from spacy.language import Language

from kg.language import weights
from kg.language.decoding import EntityDecoder
from kg.language.network import Network, RelationHead
from kg.language.parses import ParseDecoder
from kg.language.pieces import WordPieces
from kg.training.corpora import Sentence
from kg.training.examples import ExampleMaker, make_windows
from kg.training.raw import read_documents, score_pipeline
from kg.training.scoring import Judge
from kg.training.settings import WindowSettings

Scores = dict[str, dict[str, float]]
# Treebank, entity file, and the entity types that the latter annotates.
_TESTS = (("ewt", "uner-ewt", ("PER", "ORG", "LOC")), ("gum", "gum", ("PER", "ORG", "LOC", "EVENT")))


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
    """Scores by corpus, given words and sentence ends."""
    maker = ExampleMaker(judge.labels, judge.pieces)
    names = sorted({sentence.corpus for sentence in sentences})
    return {
        name: judge.score(list(make_windows((maker.make(s) for s in sentences if s.corpus == name), windows)))
        for name in names
    }


def score_raw_text(nlp: Language, corpora: Path, part: str = "test") -> Scores:
    """Scores by corpus from raw text; and the words read a second, all of it counted."""
    scores: Scores = {}
    for treebank, entities, kinds in _TESTS:
        labels = corpora / "ner" / f"{entities}-{part}.iob2"
        documents = read_documents(corpora / "ud" / f"{treebank}-{part}.conllu", labels)
        began = time.perf_counter()
        found = score_pipeline(nlp, documents, kinds=kinds)
        seconds = time.perf_counter() - began
        speed = sum(len(document.words) for document in documents) / seconds
        scores[f"{treebank}-{part}"] = found | {"words a second": round(speed)}
    return scores
