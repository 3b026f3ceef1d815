"""`kg_coreference` and the baseline on GUM's documents, by genre, from raw text.

Mentions are matched by all their words, and by their heads alone: a phrase of ours knows its head, and which
words GUM counts to it is then left to the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import EvaluationError
from kg.evaluation.baseline import baseline_groups
from kg.evaluation.chains import Place, by_head, by_span, clusters_of, found_chains, gold_chains
from kg.evaluation.coreference import Chain, compare, conll_f1
from kg.evaluation.treebanks import Annotation, read_documents

if TYPE_CHECKING:
    from spacy.language import Language

Places = list[list[Place]]
ALL = "all"
MATCHES: dict[str, Callable[[Iterable[Iterable[Place]]], list[Chain]]] = {"exact": by_span, "head": by_head}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One document's chains, gold and found."""

    genre: str
    gold: Places
    found: Places
    baseline: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class GenreScores:
    """How well the documents of a genre were resolved: figures in per cent by how mentions are matched."""

    genre: str
    documents: int
    conll: dict[str, float]
    """The mean F1 of MUC, B³ and CEAF_e, by `exact` and `head`."""
    baseline_conll: dict[str, float]
    lea: dict[str, float]
    """The F1 of LEA."""
    baseline_lea: dict[str, float]


def evaluate_resolvers(nlp: Language, corpora: Path, part: str = "test") -> list[GenreScores]:
    """The scores by genre, those of all documents last.

    Args:
        nlp: A pipeline up to `kg_coreference`, as `kg.extraction.load` gives it.
        corpora: Folder with `ud/gum-test.conllu`.
        part: `test`, `dev` or `train`.

    Raises:
        EvaluationError: If the file is missing or broken.

    >>> evaluate_resolvers(kg.extraction.load(), Path("corpora"))[-1].genre  # doctest: +SKIP
    'all'
    """
    file = corpora / "ud" / f"gum-{part}.conllu"
    if not file.is_file():
        raise EvaluationError(f"There is no file {str(file)!r}; give a folder of corpora with ud/ in it.")
    documents = resolve(nlp, read_documents(file))
    genres = sorted({document.genre for document in documents})
    return [
        score(genre, [document for document in documents if genre in {document.genre, ALL}])
        for genre in (*genres, ALL)
    ]


def resolve(nlp: Language, documents: list[Annotation]) -> list[Resolved]:
    """The chains of each document, read from its raw text."""
    docs = nlp.pipe(document.text for document in documents)
    return [
        Resolved(
            genre=genre_of(gold.name),
            gold=gold_chains(gold),
            found=found_chains(doc, clusters_of(doc)),
            baseline=found_chains(doc, baseline_groups(doc)),
        )
        for doc, gold in zip(docs, documents, strict=True)
    ]


def score(genre: str, documents: list[Resolved]) -> GenreScores:
    """The scores of some documents together."""
    figures: dict[str, dict[str, float]] = {}
    for name, match in MATCHES.items():
        for whose in ("found", "baseline"):
            scores = compare((match(d.gold), match(getattr(d, whose))) for d in documents)
            figures.setdefault(f"{whose} conll", {})[name] = 100 * conll_f1(scores)
            figures.setdefault(f"{whose} lea", {})[name] = 100 * scores["LEA"].f1
    return GenreScores(
        genre=genre,
        documents=len(documents),
        conll=figures["found conll"],
        baseline_conll=figures["baseline conll"],
        lea=figures["found lea"],
        baseline_lea=figures["baseline lea"],
    )


def genre_of(name: str) -> str:
    """The genre that a document of GUM has by its name.

    >>> genre_of("GUM_news_crane")
    'news'
    """
    return name.split("_")[1] if name.count("_") > 1 else name
