"""The recipe of `kg/relations/lexicon/similar_verbs.tsv`: the likely class of verbs that have no form.

    python -m kg.training.similarity -o kg/relations/lexicon/similar_verbs.tsv

The language model's table of word pieces holds what it learnt of each word. A softmax regression from a
word's vector to its relation class (Hastie, Tibshirani and Friedman 2009, The Elements of Statistical
Learning, 4.4) is fitted on the verbs and nouns of the ontology; all other verbs count a little as OTHER,
since most are (Elkan and Noto 2008, Learning classifiers from only positive and unlabeled data). The class of
each is told by a regression that did not see it. How far to trust that is measured on the verbs of the
ontology, by regressions that saw no word of the same stem.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from kg.language.pieces import WordPieces
from kg.language.weights import LEMMAS, NETWORK, PIECES, SHIPPED
from kg.relations.classification import OTHER, Lexicon, load_lexicon

LOG = logging.getLogger("kg.training")
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
RIDGE, STEPS, RATE, MOMENTUM = 3.0, 300, 1.0, 0.9
"""It has settled well before; the ridge is the best of 1, 3, 10, 30 by ten folds over stems."""
SCALE = 3.0
"""Length of the vectors against the constant one of the bias."""
STRANGE = 0.2
"""What a verb that is not of the ontology weighs as an example of OTHER; 0.1 and 0.4 give much the same."""
FOLDS = 5
LEAST_WORDS = 10
"""A class that fewer words of the ontology have is OTHER here."""
STEM = 5
"""Letters by which words of one family are kept together when some are left out."""
LEAST = 0.4
"""Probability from which a class is given: two of three verbs that were left out came out right there."""
NEAREST = 3
SHORTEST = 3
"""Letters of a verb; the table has shorter forms that are none."""
HEAD = """\
# Verbs that the ontology has no form of, with the class that their vectors are like, how likely it is and
# verbs of the class that are most like them. Made by kg/training/similarity.py; not to be edited.
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the ontology with the class that it expresses."""

    text: str
    relation_class: str
    is_verb: bool = True


@dataclass(frozen=True, slots=True)
class Regression:
    """Weights from vectors to classes."""

    classes: tuple[str, ...]
    mean: Floats
    weights: Floats
    """(width + 1) × classes; the last row is the bias."""

    def chances(self, vectors: Floats) -> Floats:
        """The probability of each class, a row a vector."""
        return softmax(with_bias(vectors - self.mean) @ self.weights)


class Vectors:
    """Vectors of words, by the word pieces of the language model."""

    def __init__(self, folder: Path) -> None:
        graph = onnx.load(str(folder / NETWORK)).graph
        named = {i.name: i for i in graph.initializer if i.name.startswith("network.word.")}
        values, scales = (
            numpy_helper.to_array(named[f"network.word.{part}"]) for part in ("values", "scales")
        )
        self.table = values.astype(np.float64) * scales
        self.pieces = WordPieces((folder / PIECES).read_text("utf-8").splitlines())

    def of(self, words: Sequence[str]) -> Floats:
        """A row a word: the mean of its pieces, of length one."""
        rows = np.array([self.table[list(self.pieces.cut(word))].mean(0) for word in words])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def known_words(lexicon: Lexicon) -> list[Word]:
    """Single verbs, and the nouns that forms begin with, each with its most frequent class."""
    verbs = {form: found[0].relation_class for form, found in lexicon.verbs.items() if form.isalpha()}
    counts: dict[str, Counter[str]] = {}
    for form, found in lexicon.nouns.items():
        counts.setdefault(form.split()[0], Counter())[found[0].relation_class] += 1
    nouns = {noun: count.most_common(1)[0][0] for noun, count in counts.items() if noun.isalpha()}
    sizes = Counter(verbs.values())

    def wide(relation_class: str) -> str:
        return relation_class if sizes[relation_class] >= LEAST_WORDS else OTHER

    return [
        Word(text, wide(kind), is_verb=is_verb)
        for group, is_verb in ((verbs, True), (nouns, False))
        for text, kind in sorted(group.items())
    ]


def fit(vectors: Floats, classes: Sequence[str], weights: Floats) -> Regression:
    """A ridge-penalised softmax regression of weighted examples, by gradient descent with momentum."""
    names = tuple(sorted(set(classes)))
    wanted = np.eye(len(names))[[names.index(name) for name in classes]]
    mean, total = vectors.mean(0), weights.sum()
    inputs = with_bias(vectors - mean)
    found = np.zeros((inputs.shape[1], len(names)))
    penalty = np.full_like(found, RIDGE / total)
    penalty[-1] = 0.0
    step = np.zeros_like(found)
    for _ in range(STEPS):
        error = (softmax(inputs @ found) - wanted) * weights[:, None]
        step = MOMENTUM * step + inputs.T @ error / total + penalty * found
        found = found - RATE * step
    return Regression(names, mean, found)


def with_bias(vectors: Floats) -> Floats:
    """Vectors with a last column of ones."""
    return np.c_[SCALE * vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.ones(len(vectors))]


def softmax(scores: Floats) -> Floats:
    """Probabilities of rows of scores."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def guesses(words: Sequence[Word], strange: Sequence[str], vectors: Vectors) -> dict[str, tuple[str, float]]:
    """The class of each verb, known or strange, by a regression that saw no word of its stem."""
    texts = [*(word.text for word in words), *strange]
    classes = np.array([*(word.relation_class for word in words), *(OTHER for _ in strange)])
    weights = np.array([*(1.0 for _ in words), *(STRANGE for _ in strange)])
    rows, fold = vectors.of(texts), folds_of(texts)
    wanted = np.array([*(word.is_verb for word in words), *(True for _ in strange)])
    found: dict[str, tuple[str, float]] = {}
    for number in range(FOLDS):
        seen, asked = fold != number, (fold == number) & wanted
        regression = fit(rows[seen], [str(name) for name in classes[seen]], weights[seen])
        for i, chances in zip(np.flatnonzero(asked), regression.chances(rows[asked]), strict=True):
            found[texts[i]] = (regression.classes[int(chances.argmax())], float(chances.max()))
    return found


def folds_of(texts: Sequence[str]) -> Whole:
    """A fold for each word, the same for words of one stem."""
    stems = sorted({text[:STEM] for text in texts})
    np.random.default_rng(0).shuffle(stems)
    fold = {stem: number % FOLDS for number, stem in enumerate(stems)}
    return np.array([fold[text[:STEM]] for text in texts])


def report(words: Sequence[Word], found: Mapping[str, tuple[str, float]]) -> str:
    """How many left-out verbs of events get a class, and how many of those their own, by how sure it is."""
    events = [word for word in words if word.is_verb and word.relation_class != OTHER]
    lines = [f"{len(events)} verbs left out"]
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        given = [word for word in events if found[word.text][1] >= least and found[word.text][0] != OTHER]
        right = sum(found[word.text][0] == word.relation_class for word in given) / max(1, len(given))
        lines.append(
            f"from {least}: {len(given) / len(events):.2f} get a class, {right:.2f} of them their own"
        )
    return "\n".join(lines)


def rows_of(
    words: Sequence[Word], found: Mapping[str, tuple[str, float]], vectors: Vectors, strange: Sequence[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Verb, class, probability and nearest verbs of the class, of all strange verbs that are sure enough."""
    known = [word for word in words if word.is_verb]
    table = vectors.of([word.text for word in known])
    for verb in strange:
        relation_class, chance = found[verb]
        if chance >= LEAST and relation_class != OTHER:
            likeness = table @ vectors.of([verb])[0]
            order = [i for i in np.argsort(-likeness) if known[i].relation_class == relation_class]
            yield verb, relation_class, f"{chance:.2f}", ";".join(known[i].text for i in order[:NEAREST])


def strange_verbs(lexicon: Lexicon, vectors: Vectors, folder: Path) -> list[str]:
    """Verbs of the lemma table that no form begins with and that are one word piece, sorted.

    The vector of a verb in several pieces is that of other words.
    """
    heads = {form.split()[0] for form in (*lexicon.verbs, *lexicon.nouns)}
    return [verb for verb in verbs_of(folder) if verb not in heads and len(vectors.pieces.cut(verb)) == 1]


def verbs_of(folder: Path) -> list[str]:
    """The verbs of the language model's lemma table, sorted."""
    table: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
        gzip.decompress((folder / LEMMAS).read_bytes())
    )
    return sorted(
        {lemma for lemma in table["lexicon"]["VERB"].values() if lemma.isalpha() and len(lemma) >= SHORTEST}
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, report how far it can be trusted, and write the table; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.similarity", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    vectors, lexicon = Vectors(SHIPPED), load_lexicon()
    words, strange = known_words(lexicon), strange_verbs(lexicon, vectors, SHIPPED)
    found = guesses(words, strange, vectors)
    LOG.info("%s", report(words, found))
    lines = ["verb\tclass\tprobability\tlike", *map("\t".join, rows_of(words, found, vectors, strange))]
    options.output.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    LOG.info("%d of %d strange verbs get a class", len(lines) - 1, len(strange))
    return 0


if __name__ == "__main__":
    sys.exit(main())
