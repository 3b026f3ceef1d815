"""How good a whole pipeline is on raw text: words and sentences are its own.

The measures are those of the CoNLL 2018 shared task (Zeman et al. 2018, section 5): F1 over words that
cover the same characters, all words counted, relations without subtypes for `las`. Any spaCy pipeline
with UD labels can be scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.language.decoding import entity_spans
from kg.training.corpora import read_blocks

_MEASURES = ("words", "sentences", "upos", "xpos", "lemma", "uas", "las", "las_full")
_KINDS = ("PER", "ORG", "LOC", "EVENT")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word, gold or predicted."""

    span: Span
    """Character offsets, end exclusive."""
    upos: str
    xpos: str
    lemma: str
    relation: str
    head: Span | None
    """Where the head stands; None for a root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A document as one of the two sides sees it."""

    text: str
    words: tuple[Word, ...]
    sentences: frozenset[Span]
    entities: frozenset[tuple[int, int, str]] | None
    """Spans with their types; None where they were not annotated."""


def score_pipeline(
    nlp: Language, documents: Sequence[Annotation], *, kinds: Sequence[str] = _KINDS
) -> dict[str, float]:
    """F1 in percent by measure; entities only of the given kinds, where there is gold."""
    counts: Counter[str] = Counter()
    docs = nlp.pipe(document.text for document in documents)
    for gold, doc in zip(documents, docs, strict=True):
        _count(counts, gold, read_doc(doc), kinds)
    names = [*_MEASURES, *kinds, "entities"]
    return {name: _f1(counts, name) for name in names if counts[f"{name}:gold"]}


def _count(counts: Counter[str], gold: Annotation, found: Annotation, kinds: Sequence[str]) -> None:
    by_span = {word.span: word for word in found.words}
    pairs = [(word, by_span[word.span]) for word in gold.words if word.span in by_span]
    for name in _MEASURES:
        counts[f"{name}:gold"] += len(gold.words)
        counts[f"{name}:found"] += len(found.words)
    for name in ("upos", "xpos", "lemma"):
        counts[f"{name}:both"] += sum(getattr(a, name) == getattr(b, name) for a, b in pairs)
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
        for name in (kind, "entities"):
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


def read_documents(path: Path, entities: Path | None = None) -> list[Annotation]:
    """The documents of a CoNLL-U file as texts with gold: a blank line stands between paragraphs.

    Args:
        path: The treebank.
        entities: An IOB2 file with the same sentences and words.
    """
    spans = {} if entities is None else dict(_read_labels(entities))
    documents: list[_Builder] = []
    for comments, rows in read_blocks(path, columns=10):
        if not documents or any(line.startswith("# newdoc") for line in comments):
            documents.append(_Builder(has_entities=entities is not None))
        is_paragraph = any(line.startswith("# newpar") for line in comments)
        identity = next((line for line in comments if line.startswith("# sent_id")), "")
        documents[-1].add_sentence(rows, spans.get(identity, ()), is_paragraph=is_paragraph)
    return [builder.finish() for builder in documents]


def _read_labels(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    for comments, rows in read_blocks(path, columns=2):
        identity = next((line for line in comments if line.startswith("# sent_id")), "")
        yield identity, [row[1] for row in rows]


class _Builder:
    """Puts the text of one document together from its tokens."""

    def __init__(self, *, has_entities: bool) -> None:
        self._text = ""
        self._words: list[Word] = []
        self._sentences: set[Span] = set()
        self._entities: set[tuple[int, int, str]] | None = set() if has_entities else None

    def add_sentence(
        self, rows: Iterable[Sequence[str]], labels: Sequence[str], *, is_paragraph: bool
    ) -> None:
        """Adds the tokens of one sentence: `1-2` rows are written tokens of several words."""
        if is_paragraph and self._text:
            self._text = self._text.rstrip() + "\n\n"
        begin = len(self._text)
        rows = list(rows)
        spans = self._place_words(rows)
        words = [row for row in rows if row[0].isdigit()]
        self._words += [_gold_word(row, spans) for row in words]
        ordered = [spans[row[0]] for row in words]
        self._sentences.add((begin, ordered[-1][1]))
        if self._entities is not None and len(labels) == len(ordered):
            self._entities |= {
                (ordered[a][0], ordered[b - 1][1], kind) for a, b, kind in entity_spans(labels)
            }

    def _place_words(self, rows: Iterable[Sequence[str]]) -> dict[str, Span]:
        """Writes the tokens; gives the characters of each word by its number."""
        spans: dict[str, Span] = {}
        token, last = (0, 0), 0
        for row in rows:
            if "-" in row[0]:
                token, last = self._write(row), int(row[0].partition("-")[2])
            elif row[0].isdigit() and int(row[0]) > last:
                spans[row[0]] = self._write(row)
            elif row[0].isdigit():
                spans[row[0]] = self._part(row[1], token, is_last=int(row[0]) == last)
                token = spans[row[0]][1], token[1]
        return spans

    def _write(self, row: Sequence[str]) -> Span:
        start = len(self._text)
        self._text += row[1]
        end = len(self._text)
        self._text += "" if "SpaceAfter=No" in row[9] else " "
        return start, end

    def _part(self, form: str, rest: Span, *, is_last: bool) -> Span:
        """The characters of one word of a written token; none where they are not spelt like the word."""
        end = rest[0] + len(form)
        if is_last:
            return rest
        is_spelt = end < rest[1] and self._text[rest[0] : end].lower() == form.lower()
        return (rest[0], end) if is_spelt else (rest[0], rest[0])

    def finish(self) -> Annotation:
        """The document."""
        return Annotation(
            text=self._text.rstrip(),
            words=tuple(self._words),
            sentences=frozenset(self._sentences),
            entities=None if self._entities is None else frozenset(self._entities),
        )


def _gold_word(row: Sequence[str], spans: Mapping[str, Span]) -> Word:
    return Word(
        span=spans[row[0]],
        upos=row[3],
        xpos=row[4],
        lemma=row[1] if row[2] == "_" else row[2],
        relation=row[7],
        head=None if row[6] == "0" else spans[row[6]],
    )
