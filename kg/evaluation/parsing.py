"""How good a whole language pipeline is on raw text: words and sentences are its own.

The measures are those of the CoNLL 2018 shared task (Zeman et al. 2018, section 5): F1 over words that
cover the same characters, all words counted, relations without subtypes for `las`. Any spaCy pipeline
with UD labels can be scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.evaluation.speed import Loader, measure_speed
from kg.evaluation.treebanks import TEST_SETS, Annotation, Span, Word
from kg.language.labels import ENTITY_TYPES, NAME_TYPES

_MEASURES = ("words", "sentences", "upos", "xpos", "lemma", "uas", "las", "las_full")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageReport:
    """How good and how fast a language pipeline is."""

    scores: Mapping[str, Mapping[str, float]]
    """F1 in percent by treebank and measure, from raw text."""
    cost: Mapping[str, float]
    """Speed, load time, memory and size by name; the unit stands in the name."""


def evaluate_pipeline(loader: Loader, corpora: Path) -> LanguageReport:
    """Scores a language pipeline on the test parts of a folder of corpora, and measures what it costs.

    Args:
        loader: Loads the pipeline with so many threads; it must be picklable, as costs are measured in
            processes of their own.
        corpora: The folder with `ud/*.conllu` and `ner/*.iob2`.

    Raises:
        EvaluationError: If a corpus is missing or broken.
    """
    tests = {f"{one.treebank}-test": (one, one.read(corpora, "test")) for one in TEST_SETS}
    texts = [document.text for _, documents in tests.values() for document in documents]
    speed = asdict(measure_speed(loader, texts))
    nlp = loader(1)
    return LanguageReport(
        scores={
            name: score_pipeline(nlp, documents, kinds=one.kinds) for name, (one, documents) in tests.items()
        },
        cost={name.replace("_", " "): value for name, value in speed.items() if value is not None},
    )


def score_corpora(
    nlp: Language, corpora: Path, part: str = "test", *, gold_words: bool = False
) -> dict[str, dict[str, float]]:
    """F1 in percent by treebank and measure, from raw text, or given the words and sentences.

    Raises:
        EvaluationError: If a corpus is missing or broken.
    """
    return {
        f"{one.treebank}-{part}": score_pipeline(
            nlp, one.read(corpora, part), kinds=one.kinds, gold_words=gold_words
        )
        for one in TEST_SETS
    }


def score_pipeline(
    nlp: Language,
    documents: Sequence[Annotation],
    *,
    kinds: Sequence[str] = ENTITY_TYPES,
    gold_words: bool = False,
) -> dict[str, float]:
    """F1 in percent by measure.

    Args:
        nlp: The pipeline.
        documents: Texts with gold.
        kinds: The entity types that count, where there is gold. Their sum, `entities`, is of names: dates,
            which are easy, are counted apart.
        gold_words: Whether the pipeline is given the words and sentences, and has to find the rest.
    """
    counts: Counter[str] = Counter()
    read = (gold_document(nlp, d) if gold_words else nlp.make_doc(d.text) for d in documents)
    # Layout would begin sentences of its own.
    unwanted = [name for name in nlp.pipe_names if gold_words and name == "kg_layout"]
    for gold, doc in zip(documents, nlp.pipe(read, disable=unwanted), strict=True):
        _count(counts, gold, read_doc(doc), kinds)
    names = [*_MEASURES, *kinds, "entities"]
    return {name: _f1(counts, name) for name in names if counts[f"{name}:gold"]}


def gold_document(nlp: Language, gold: Annotation) -> Doc:
    """A document with the words and sentences of gold, and nothing else.

    Words that no characters stand for, as in `du` for `de le`, are left out.
    """
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    begins = {begin for begin, _ in gold.sentences}
    spans = [word.span for word in gold.words if word.span[0] < word.span[1]]
    for (begin, end), after in zip(spans, [*(a for a, _ in spans[1:]), len(gold.text)], strict=True):
        gap = gold.text[end:after]
        words.append(gold.text[begin:end])
        spaces.append(gap == " ")
        starts.append(begin in begins)
        if gap.strip(" "):
            words.append(gap)
            spaces.append(False)
            starts.append(False)
    return Doc(nlp.vocab, words, spaces, sent_starts=starts)  # type: ignore[arg-type]  # it takes truth values


def _count(counts: Counter[str], gold: Annotation, found: Annotation, kinds: Sequence[str]) -> None:
    by_span = {word.span: word for word in found.words}
    pairs = [(word, by_span[word.span]) for word in gold.words if word.span in by_span]
    for name in _MEASURES:
        counts[f"{name}:gold"] += len(gold.words)
        counts[f"{name}:found"] += len(found.words)
    for name in ("upos", "xpos"):
        counts[f"{name}:both"] += sum(getattr(a, name) == getattr(b, name) for a, b in pairs)
    counts["lemma:both"] += sum(a.lemma in ("_", b.lemma) for a, b in pairs)
    counts["words:both"] += len(pairs)
    attached = [(a, b) for a, b in pairs if a.head == b.head]
    counts["uas:both"] += len(attached)
    counts["las:both"] += sum(_universal(a.relation) == _universal(b.relation) for a, b in attached)
    counts["las_full:both"] += sum(a.relation == b.relation for a, b in attached)
    counts["sentences:gold"] += len(gold.sentences) - len(gold.words)
    counts["sentences:found"] += len(found.sentences) - len(found.words)
    counts["sentences:both"] += len(gold.sentences & found.sentences)
    _count_entities(counts, gold, found, kinds)


def _count_entities(counts: Counter[str], gold: Annotation, found: Annotation, kinds: Sequence[str]) -> None:
    if gold.entities is None or found.entities is None:
        return
    for kind in kinds:
        theirs = {span for span in gold.entities if span[2] == kind}
        ours = {span for span in found.entities if span[2] == kind}
        for name in (kind, "entities") if kind in NAME_TYPES else (kind,):
            counts[f"{name}:gold"] += len(theirs)
            counts[f"{name}:found"] += len(ours)
            counts[f"{name}:both"] += len(theirs & ours)


def _universal(relation: str) -> str:
    return relation.partition(":")[0]


def _f1(counts: Mapping[str, int], name: str) -> float:
    total = counts[f"{name}:gold"] + counts[f"{name}:found"]
    return round(200 * counts[f"{name}:both"] / max(1, total), 2)


def read_doc(doc: Doc) -> Annotation:
    """What a pipeline wrote into a document; white space is no word."""
    words = [token for token in doc if not token.is_space]
    sentences = ([token for token in sent if not token.is_space] for sent in doc.sents)
    return Annotation(
        text=doc.text,
        words=tuple(_read_token(token) for token in words),
        sentences=frozenset((_span(sent[0])[0], _span(sent[-1])[1]) for sent in sentences if sent),
        entities=frozenset((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents),
    )


def _read_token(token: Token) -> Word:
    is_root = token.head == token or token.dep_ == "ROOT"
    return Word(
        span=_span(token),
        upos=token.pos_,
        xpos=token.tag_,
        lemma=token.lemma_,
        relation="root" if is_root else token.dep_,
        head=None if is_root else _span(token.head),
    )


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token)
