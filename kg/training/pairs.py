"""A classifier of entity pairs in context, measured against the rules: alone, and both together.

    python -m kg.training.pairs ARTICLES.jsonl GOLD

Every two entities of a sentence whose words are at most `LONGEST` arcs apart in its tree are a pair. What
stands on the path between them, what they are, and the language model's vectors of both words and of the
word where the paths meet go into ridge-penalised logistic regressions: related in the one direction or in
the other, which class, which status. All figures are held out, by folds of articles. The rules won (see
`kg/training/README.md`), so that nothing of this is shipped; the recipe stays, for more annotated articles.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.articles import read_articles
from kg.evaluation import LEVELS, Claim, Evaluation, agree, evaluate, read_gold
from kg.extraction import document, load
from kg.language.tree import Way, way_between
from kg.relations.classification import Lexicon, load_lexicon
from kg.relations.clauses import preposition_of
from kg.relations.scene import Scene
from kg.training.annotations import read_annotations
from kg.training.confidence import Example, examples_of, held_out, names_of
from kg.types import Article, Entity

LOG = logging.getLogger("kg.training")
Floats = NDArray[np.float32]
LONGEST = 6
"""Arcs between two words; of the facts of one sentence nine in ten are within."""
FOLDS = 6
MINIMUM_COUNT = 5
FEATURE_PENALTY = 4.0
VECTOR_PENALTY = 600.0
"""Of 300, 600, 1000 and none the best by folds over the articles; vectors are standardised first."""
RULES_THRESHOLD = 0.45
STEPS = 50
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8)
TRANSPARENT = frozenset({"conj", "flat", "appos"})
TOLD_APART = frozenset({"nsubj:pass", "acl:relcl", "obl:agent", "nmod:poss", "nmod:desc"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two entities of one sentence, the first in the text first, with what is known of them."""

    article: str
    first: Entity
    second: Entity
    features: tuple[str, ...]
    vector: Floats
    """Vectors of the first word, the second, and the one where their paths meet."""
    forward: Claim | None
    """The fact whose subject is the first; None where there is none."""
    backward: Claim | None


def near_way(first: Token, second: Token) -> Way | None:
    """The way between two words; None where they stand in two trees or more than `LONGEST` arcs apart."""
    way = way_between(first, second)
    return way if way is not None and len(way.up) + len(way.down) <= LONGEST else None


def pairs_of(doc: Doc, lexicon: Lexicon, facts: Sequence[Claim]) -> Iterator[Pair]:
    """The pairs of an annotated document, in the order of the text.

    Args:
        doc: A document after `kg_entities`.
        lexicon: The ontology's forms, which give the words of a path their classes.
        facts: What was annotated in its article.
    """
    scene = Scene(doc)
    classes = first_classes(lexicon)
    for sentence in doc.sents:
        words = [token for token in sentence if len(scene.entities(token)) == 1]
        for first, second in itertools.combinations(words, 2):
            one, other = scene.entities(first)[0], scene.entities(second)[0]
            way = near_way(first, second) if one.id != other.id else None
            if way is None:
                continue
            tops = [doc.tensor[token.i] for token in (first, second, way.top)]
            yield Pair(
                article=doc._.article.id,
                first=one,
                second=other,
                features=tuple(sorted(features_of_way(scene, first, second, way, classes))),
                vector=np.concatenate(tops).astype(np.float32),
                forward=fact_between(facts, one, other),
                backward=fact_between(facts, other, one),
            )


def fact_between(facts: Iterable[Claim], subject: Entity, object_: Entity) -> Claim | None:
    """The first fact of two ends, in this direction."""
    claim = claim_of(subject, object_, "", "")
    return next((fact for fact in facts if agree(fact, claim, "pair")), None)


def claim_of(subject: Entity, object_: Entity, relation_class: str, status: str) -> Claim:
    """A claim that a pair or a relation makes."""
    return Claim(
        subject=names_of(subject), object=names_of(object_), relation_class=relation_class, status=status
    )


def first_classes(lexicon: Lexicon) -> dict[str, str]:
    """Of each first word of the ontology's forms the class that most of them have."""
    counts: dict[str, Counter[str]] = {}
    for forms in (lexicon.verbs, lexicon.nouns):
        for form, meanings in forms.items():
            counts.setdefault(form.split()[0], Counter()).update(m.relation_class for m in meanings)
    return {word: max(sorted(count), key=count.__getitem__) for word, count in counts.items()}


def features_of_way(
    scene: Scene, first: Token, second: Token, way: Way, classes: Mapping[str, str]
) -> set[str]:
    """What is known of a pair, as names of features that are present."""
    up, down = [label_of(token) for token in way.up], [label_of(token) for token in way.down]
    path = (
        "/".join(x for x in up if x not in TRANSPARENT)
        + "|"
        + "/".join(x for x in down if x not in TRANSPARENT)
    )
    one, other = scene.entities(first)[0], scene.entities(second)[0]
    types = f"{one.type}-{other.type}"
    top = classes.get(way.top.lemma_.lower(), "none")
    return {
        f"path={path}",
        f"whole path={'/'.join(up)}|{'/'.join(down)}",
        f"path={path} types={types}",
        f"types={types}",
        f"first={one.type} named={scene.is_name(one)} tag={first.pos_}",
        f"second={other.type} named={scene.is_name(other)} tag={second.pos_}",
        f"arcs={len(up) + len(down)}",
        f"top={way.top.pos_}",
        f"top class={top}",
        f"top class={top} types={types}",
        f"top={way.top.lemma_.lower()}",
        f"left preposition={preposition_of(way.up[-1]) if up else ''}",
        f"right preposition={preposition_of(way.down[0]) if down else ''}",
        f"distance={min(8, (second.i - first.i) // 4)}",
        *(f"inner class={classes.get(token.lemma_.lower(), 'none')}" for token in way.inner),
        *(f"inner={token.lemma_.lower()}" for token in way.inner),
    }


def label_of(token: Token) -> str:
    """A token's dependency label, without subtypes that say little."""
    return token.dep_ if token.dep_ in TOLD_APART else token.dep_.partition(":")[0]


class Classifier:
    """Logistic regressions over pairs: related forwards and backwards, class, status.

    Attributes:
        classes: The relation classes that it tells apart, sorted.
        statuses: The statuses, sorted.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        counts = Counter(feature for pair in pairs for feature in pair.features)
        kept = sorted(feature for feature, count in counts.items() if count >= MINIMUM_COUNT)
        self._column = {feature: number for number, feature in enumerate(kept, 1)}
        vectors = np.array([pair.vector for pair in pairs])
        self._mean, self._scale = vectors.mean(0), vectors.std(0) + 1e-6
        matrix = self._matrix(pairs)
        related = [[side is not None for side in column] for column in sides_of(pairs)]
        self._related = logistic(matrix, np.array(related, dtype=np.float32).T)
        facts = [(row, side) for column in sides_of(pairs) for row, side in enumerate(column) if side]
        self.classes = sorted({fact.relation_class for _, fact in facts})
        self.statuses = sorted({fact.status for _, fact in facts})
        chosen = matrix[[row for row, _ in facts]]
        self._of_class = one_against_all(chosen, [fact.relation_class for _, fact in facts], self.classes)
        self._of_status = one_against_all(chosen, [fact.status for _, fact in facts], self.statuses)

    def claims(self, pairs: Sequence[Pair]) -> list[tuple[float, Pair, Claim]]:
        """For each pair the chance that its likelier direction is a fact, and that claim."""
        matrix = self._matrix(pairs)
        chances = 1 / (1 + np.exp(-matrix @ self._related))
        classes, statuses = (matrix @ self._of_class).argmax(1), (matrix @ self._of_status).argmax(1)
        found = []
        for pair, chance, class_, status in zip(pairs, chances, classes, statuses, strict=True):
            ends = (pair.first, pair.second) if chance[0] >= chance[1] else (pair.second, pair.first)
            claim = claim_of(*ends, self.classes[class_], self.statuses[status])
            found.append((float(chance.max()), pair, claim))
        return found

    def _matrix(self, pairs: Sequence[Pair]) -> Floats:
        """A row a pair: the bias, the features, the vectors scaled so that one penalty fits both."""
        matrix = np.zeros((len(pairs), 1 + len(self._column)), dtype=np.float32)
        matrix[:, 0] = 1.0
        for row, pair in enumerate(pairs):
            matrix[row, [self._column[name] for name in pair.features if name in self._column]] = 1.0
        vectors = (np.array([pair.vector for pair in pairs]) - self._mean) / self._scale
        return np.hstack([matrix, vectors * (FEATURE_PENALTY / VECTOR_PENALTY) ** 0.5])


def sides_of(pairs: Sequence[Pair]) -> tuple[list[Claim | None], list[Claim | None]]:
    """The facts of pairs in the one direction, and in the other."""
    return [pair.forward for pair in pairs], [pair.backward for pair in pairs]


def logistic(matrix: Floats, labels: Floats) -> Floats:
    """Weights of ridge-penalised logistic regressions, a column a label, by L-BFGS (Liu and Nocedal 1989)."""
    inputs, wanted = torch.from_numpy(matrix), torch.from_numpy(labels)
    weights = torch.zeros(matrix.shape[1], labels.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        misfit = torch.nn.functional.binary_cross_entropy_with_logits(
            inputs @ weights, wanted, reduction="sum"
        )
        total = misfit + FEATURE_PENALTY * weights[1:].square().sum() / 2
        total.backward()
        return total

    optimizer.step(loss)
    found: Floats = weights.detach().numpy()
    return found


def one_against_all(matrix: Floats, labels: Sequence[str], names: Sequence[str]) -> Floats:
    """Weights by ridge regression, a column a label."""
    wanted = np.array([[label == name for name in names] for label in labels], dtype=np.float32)
    curvature = matrix.T @ matrix + FEATURE_PENALTY * np.eye(matrix.shape[1], dtype=np.float32)
    weights: Floats = np.linalg.solve(curvature, matrix.T @ wanted)
    return weights


def judged(pairs: Sequence[Pair]) -> list[tuple[float, Pair, Claim]]:
    """Each pair by a classifier that was learnt without its article's fold."""
    names = sorted({pair.article for pair in pairs})
    fold_of = {name: number % FOLDS for number, name in enumerate(names)}
    found = []
    for fold in range(FOLDS):
        classifier = Classifier([pair for pair in pairs if fold_of[pair.article] != fold])
        found += classifier.claims([pair for pair in pairs if fold_of[pair.article] == fold])
        LOG.info("fold %d of %d", fold + 1, FOLDS)
    return found


Ends = tuple[str, frozenset[str]]


def best_claims(judged_pairs: Iterable[tuple[float, Pair, Claim]]) -> dict[Ends, tuple[float, Claim]]:
    """Of every two entities of an article the surest claim."""
    best: dict[Ends, tuple[float, Claim]] = {}
    for chance, pair, claim in judged_pairs:
        key = (pair.article, frozenset({pair.first.id, pair.second.id}))
        if key not in best or chance > best[key][0]:
            best[key] = (chance, claim)
    return best


def claims_of_rules(examples: Iterable[tuple[Example, float]]) -> dict[str, list[Claim]]:
    """The relations of each article that the held-out judge keeps."""
    found: dict[str, list[Claim]] = {}
    seen = set()
    for example, confidence in examples:
        relation = example.relation
        ends = (relation.subject.id, relation.object.id)
        key = (example.article, *ends, relation.relation_class, relation.status)
        if confidence >= RULES_THRESHOLD and key not in seen:
            seen.add(key)
            claim = claim_of(relation.subject, relation.object, relation.relation_class, str(relation.status))
            found.setdefault(example.article, []).append(claim)
    return found


def report(
    gold: Mapping[str, Sequence[Claim]],
    examples: Sequence[tuple[Example, float]],
    best: Mapping[Ends, tuple[float, Claim]],
) -> str:
    """Scores of the rules, of the classifier at several thresholds, and of both together."""
    rules = claims_of_rules(examples)
    drafted = {(e.article, frozenset({e.relation.subject.id, e.relation.object.id})) for e, _ in examples}
    lines = ["who                   pair P    R     F1   typed  full  relations", row("rules", gold, rules)]
    for threshold in THRESHOLDS:
        alone: dict[str, list[Claim]] = {}
        both = {article: list(claims) for article, claims in rules.items()}
        sure = {key: claim for key, (chance, claim) in best.items() if chance >= threshold}
        for key, claim in sure.items():
            alone.setdefault(key[0], []).append(claim)
            if key not in drafted:
                both.setdefault(key[0], []).append(claim)
        lines.append(row(f"classifier ≥ {threshold}", gold, alone))
        lines.append(row(f"both, ≥ {threshold}", gold, both))
    return "\n".join(lines)


def row(name: str, gold: Mapping[str, Sequence[Claim]], found: Mapping[str, Sequence[Claim]]) -> str:
    """One line of the report."""
    evaluation: Evaluation = evaluate(gold, found)
    pair, typed, full = (evaluation.scores[level] for level in LEVELS)
    figures = f"{pair.precision:.3f}  {pair.recall:.3f}  {pair.f1:.3f}  {typed.f1:.3f}  {full.f1:.3f}"
    return f"{name:20}  {figures}  {pair.relations:6}"


def gather(
    nlp: Language, articles: Iterable[Article], gold: Mapping[str, Sequence[Claim]]
) -> tuple[list[Pair], list[Example]]:
    """The pairs and the drafted relations of the annotated articles."""
    pairs: list[Pair] = []
    examples: list[Example] = []
    for article in articles:
        if article.id in gold:
            facts = gold[article.id]
            pairs += pairs_of(nlp(document(nlp, article)), load_lexicon(), facts)
            examples += examples_of(nlp, article, facts)
    return pairs, examples


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how the classifier compares with the rules; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.pairs", description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    gold = read_annotations() | read_gold(options.gold)
    pairs, examples = gather(load(), read_articles([options.articles]), gold)
    LOG.info("%s", report(gold, held_out(examples), best_claims(judged(pairs))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
