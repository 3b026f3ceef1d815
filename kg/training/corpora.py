"""Treebanks (CoNLL-U) and entity corpora (IOB2) → sentences with one set of labels.

What the corpora hold, and how their entity labels differ, says the README beside them. Files named
`*-test` are read for evaluation only; `read_corpora` keeps them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import EvaluationError
from kg.evaluation.treebanks import read_blocks
from kg.training.harmony import Harmony, harmonise

# Features of the spelling, or of a whole phrase; all others tell forms apart.
_SPELLING = frozenset({"Abbr", "ExtPos", "NumForm", "Style", "Typo"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One annotated sentence. What its corpus does not annotate is None."""

    corpus: str
    document: str
    id: str
    """The `sent_id` of the corpus; empty where it has none."""
    forms: tuple[str, ...]
    tags: tuple[str, ...] | None = None
    """`UPOS|XPOS|Feature=Value|…`"""
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    """Places of the heads, counted from 1; 0 is the root."""
    relations: tuple[str, ...] | None = None
    entities: tuple[str, ...] | None = None
    """IOB2 labels; an empty text where the corpus does not say."""
    has_events: bool = False
    """Whether EVENT was annotated, so that `O` means that there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpora:
    """The sentences by use, in the order of the files."""

    train: tuple[Sentence, ...]
    dev: tuple[Sentence, ...]
    test: tuple[Sentence, ...]


def read_corpora(folder: Path) -> Corpora:
    """All corpora of a folder with `ud/*.conllu` and `ner/*.iob2`.

    Trees and entities of one sentence are joined by `sent_id`. UNER has no training part here, so the
    entities of its dev part are for training too (its trees never are); `split_fold` holds some out.

    Raises:
        EvaluationError: If the folder holds no treebank, or a line of a file is broken.
    """
    trees = {path.stem: read_conllu(path) for path in sorted((folder / "ud").glob("*.conllu"))}
    if not trees:
        raise EvaluationError(f"{str(folder / 'ud')!r} holds no treebank; give the folder of the corpora.")
    spans = {path.stem: read_iob2(path) for path in sorted((folder / "ner").glob("*.iob2"))}
    by_id = {s.id: s for sentences in spans.values() for s in sentences if s.id}
    joined = {name: [_join(s, by_id.get(s.id)) for s in sentences] for name, sentences in trees.items()}
    alone = {name: s for name, s in spans.items() if not any(x.id for x in s)}
    harmony = Harmony.of(s for name in joined if name.endswith("-train") for s in joined[name])
    parts = {name: [harmonise(s, harmony) for s in sentences] for name, sentences in (joined | alone).items()}
    return Corpora(
        train=tuple(_training(parts)),
        dev=tuple(s for name in sorted(parts) if _is_tree_dev(name, trees) for s in parts[name]),
        test=tuple(s for name in sorted(parts) if name.endswith("-test") for s in parts[name]),
    )


def _is_tree_dev(name: str, trees: Mapping[str, object]) -> bool:
    return name.endswith("-dev") and name in trees


def _training(parts: Mapping[str, list[Sentence]]) -> Iterator[Sentence]:
    for name in sorted(parts):
        for sentence in parts[name]:
            if name.endswith("-test"):
                break
            if sentence.heads is None or name.endswith("-train"):
                yield sentence
            elif name == "ewt-dev" and sentence.entities is not None:
                yield replace(sentence, tags=None, lemmas=None, heads=None, relations=None)


def split_fold(sentences: Iterable[Sentence], fold: int, folds: int = 5) -> tuple[list[Sentence], set[str]]:
    """The training sentences without one fold of the dev documents, and the ids of those held out.

    So entities can be selected on sentences that were not trained on.
    """
    kept: list[Sentence] = []
    held: set[str] = set()
    documents: dict[str, int] = {}
    for sentence in sentences:
        is_dev = sentence.corpus == "ewt-dev"
        if is_dev and documents.setdefault(sentence.document, len(documents)) % folds == fold:
            held.add(sentence.id)
        else:
            kept.append(sentence)
    return kept, held


def read_conllu(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file: syntactic words only, no ranges and no empty nodes.

    Raises:
        EvaluationError: If a line has not ten columns.
    """
    sentences: list[Sentence] = []
    document = identity = ""
    for comments, rows in read_blocks(path, columns=10):
        document = _comment(comments, "newdoc id") or document
        identity = _comment(comments, "sent_id")
        words = [row for row in rows if row[0].isdigit()]
        sentences.append(
            Sentence(
                corpus=path.stem,
                document=document,
                id=identity,
                forms=tuple(row[1] for row in words),
                tags=tuple(f"{row[3]}|{row[4]}|{_kept(row[5])}".rstrip("|") for row in words),
                lemmas=tuple(row[1] if row[2] == "_" else row[2] for row in words),
                heads=tuple(int(row[6]) for row in words),
                relations=tuple(row[7] for row in words),
            )
        )
    return sentences


def read_iob2(path: Path) -> list[Sentence]:
    """The sentences of an IOB2 file: form and label in two columns.

    Raises:
        EvaluationError: If a line has not two columns.
    """
    sentences: list[Sentence] = []
    document = 0
    for comments, rows in read_blocks(path, columns=2):
        document += any(comment.startswith("# newdoc") for comment in comments)
        sentences.append(
            Sentence(
                corpus=path.stem,
                document=f"{path.stem}-{document}",
                id=_comment(comments, "sent_id"),
                forms=tuple(row[0] for row in rows),
                entities=tuple(row[1] for row in rows),
            )
        )
    return sentences


def _comment(comments: Iterable[str], name: str) -> str:
    start = f"# {name} ="
    return next((line[len(start) :].strip() for line in comments if line.startswith(start)), "")


def _kept(features: str) -> str:
    pairs = features.split("|")
    return "|".join(pair for pair in pairs if pair != "_" and pair.partition("=")[0] not in _SPELLING)


def _join(tree: Sentence, spans: Sentence | None) -> Sentence:
    """The tree with the entities; without them where the words differ."""
    if spans is None or spans.forms != tree.forms:
        return tree
    return replace(tree, entities=spans.entities)
