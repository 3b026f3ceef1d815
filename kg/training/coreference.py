"""The recipe of `kg/actors/coreference.json`: what a phrase refers to, learnt from GUM's chains.

    python -m kg.training.coreference ../shared/corpora -o kg/actors/coreference.json

Every cluster that the rules would consider for a pronoun or a nominal is an example: right if GUM has it
in the phrase's chain. Phrases before it are placed as GUM has them. The weights are those of a
ridge-penalised logistic regression, as in `kg.training.confidence`.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.actors import antecedents, pronouns, speakers
from kg.actors.coreference import State
from kg.evaluation.chains import gold_chains
from kg.evaluation.treebanks import Annotation, read_documents
from kg.extraction import load
from kg.training.confidence import ridge_logistic
from kg.types import MentionKind

LOG = logging.getLogger("kg.training")
NOTE = "Learnt by kg/training/coreference.py from the training part of GUM (annotations CC BY 4.0)."
PENALTY = 4.0
"""Strength of the ridge."""
MINIMUM_COUNT = 8
"""Features seen less often say nothing."""
LEAST_WEIGHT = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A phrase with one cluster that it may refer to."""

    document: str
    features: tuple[str, ...]
    label: bool


class TaughtState(State):
    """The clusters of a document whose phrases are placed as its gold chains have them."""

    def __init__(self, doc: Doc, chain_of: Mapping[int, int]) -> None:
        super().__init__(doc)
        self._chain_of = chain_of
        self._cluster_of_chain: dict[int, int] = {}

    def place(self, index: int) -> None:
        """Put one phrase into its chain's cluster; what has no chain as ever, but never with one that has."""
        chain = self.chain(index)
        if chain is None:
            self.start(index)
        elif chain in self._cluster_of_chain:
            self.join(index, self._cluster_of_chain[chain])
        else:
            self._cluster_of_chain[chain] = self.start(index)

    def chain(self, index: int) -> int | None:
        """The gold chain of a phrase; None where it has none."""
        return self._chain_of.get(self.doc[self.phrases[index].head].idx)

    def options(self, index: int) -> list[tuple[int, list[str]]]:
        """The clusters that a phrase may refer to, with their features."""
        phrase = self.phrases[index]
        if phrase.kind is MentionKind.NAME or speakers.is_of_speaker(phrase):
            return []
        ask = pronouns.pronoun_options if phrase.kind is MentionKind.PRONOUN else antecedents.noun_options
        return ask(self, index)

    def is_right(self, index: int, cluster: int) -> bool:
        """Whether a cluster is that of a phrase's chain."""
        chain = self.chain(index)
        return chain is not None and self._cluster_of_chain.get(chain) == cluster


def examples_of(doc: Doc, gold: Annotation) -> Iterator[Example]:
    """The examples of one document.

    Args:
        doc: The document with its phrases.
        gold: The same text with its chains.
    """
    chains = gold_chains(gold)
    places = ((number, place) for number, chain in enumerate(chains) for place in chain)
    chain_of = {place.head[0]: number for number, place in places if not place.is_row}
    state = TaughtState(doc, chain_of)
    for index in range(len(state.phrases)):
        for cluster, features in state.options(index):
            yield Example(document=gold.name, features=tuple(features), label=state.is_right(index, cluster))
        state.place(index)


def fit(examples: Sequence[Example], *, penalty: float = PENALTY) -> dict[str, float]:
    """Weights by feature name, the bias as `""`, sorted by name; the slightest are left out.

    >>> fit([], penalty=1.0)
    {'': 0.0}
    """
    counts = Counter(feature for example in examples for feature in set(example.features))
    names = sorted(feature for feature, count in counts.items() if count >= MINIMUM_COUNT)
    column = {name: number for number, name in enumerate(names, 1)}
    matrix = np.zeros((len(examples), len(names) + 1))
    matrix[:, 0] = 1.0
    for row, example in enumerate(examples):
        matrix[row, [column[feature] for feature in example.features if feature in column]] = 1.0
    labels = np.array([float(example.label) for example in examples])
    found = zip(["", *names], ridge_logistic(matrix, labels, penalty), strict=True)
    weights = {name: round(float(weight), 3) for name, weight in found}
    return {name: weight for name, weight in weights.items() if name == "" or abs(weight) >= LEAST_WEIGHT}


def learn(nlp: Language, documents: Sequence[Annotation]) -> tuple[dict[str, float], list[Example]]:
    """Weights from all documents, and the examples that they come from."""
    docs = nlp.pipe(document.text for document in documents)
    examples = [e for doc, gold in zip(docs, documents, strict=True) for e in examples_of(doc, gold)]
    return fit(examples), examples


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from a folder of corpora, write the weights; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.coreference", description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    nlp = load()
    nlp.disable_pipes("kg_coreference", "kg_entities", "kg_relations")
    weights, examples = learn(nlp, read_documents(options.corpora / "ud" / "gum-train.conllu"))
    right = sum(example.label for example in examples)
    LOG.info("%d examples, %d of them right; %d weights", len(examples), right, len(weights))
    text = json.dumps({"note": NOTE, "weights": weights}, indent=0, ensure_ascii=False)
    options.output.write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
