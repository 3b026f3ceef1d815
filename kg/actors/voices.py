"""Voices: who says the words of a document, for `I`, `we` and `you`.

Words in quotation marks belong to whoever says them there; in an interview questions and answers belong to
two who take turns; all else to the narrator.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.language.columns import token_columns
from kg.language.tree import children_of
from kg.language.wordsets import word_set

OPENING, CLOSING = frozenset("“„«"), frozenset("”»")
STRAIGHT = frozenset({'"', "``", "''"})
SUBJECTS = ("nsubj", "nsubj:pass")
LEAST_QUESTIONS = 3
"""Paragraphs that end in a question mark; an interview has more, other articles hardly two."""
FARTHEST_SUBJECT = 7
"""Words behind a verb of speech among which its subject stands."""
LEAST_WORDS = 3
"""A shorter paragraph is a heading or an aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whoever says some words; tokens of one voice have equal ones."""

    kind: str
    """`narrator`, `question`, `answer` or `quote`."""
    speaker: int | None = None
    """The token that heads the speaker of a quote; None where it is not said."""
    quote: int = -1
    """Where a quote without speaker begins; -1 for all others."""


NARRATOR = Voice(kind="narrator")
QUESTION = Voice(kind="question")
ANSWER = Voice(kind="answer")


def voices(doc: Doc) -> list[Voice]:
    """The voice of each token.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["“", "I", "left", "”", "said", "Ana"], heads=[2, 2, 4, 2, 4, 4],
    ...           deps=["punct", "nsubj", "ccomp", "punct", "ROOT", "nsubj"],
    ...           pos=["PUNCT", "PRON", "VERB", "PUNCT", "VERB", "PROPN"],
    ...           lemmas=["“", "I", "go", "”", "say", "Ana"])
    >>> [voice.kind for voice in voices(doc)], voices(doc)[1].speaker
    (['quote', 'quote', 'quote', 'quote', 'narrator', 'narrator'], 5)
    """
    paragraphs = list(_paragraphs(doc))
    marks = _marks(doc)
    quotes = [list(_quotes(doc, marks, start, end)) for start, end in paragraphs]
    found = _turns(doc, paragraphs)
    before: int | None = None
    for (start, end), spans in zip(paragraphs, quotes, strict=True):
        before = _mark_quotes(doc, (start, end), spans, found, before)
    return found


def _paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    for i, (form, is_space) in enumerate(token_columns(doc, ("ORTH", "IS_SPACE")).tolist()):
        if is_space and "\n" in doc.vocab.strings[form]:
            if i > start:
                yield start, i
            start = i + 1
    if start < len(doc):
        yield start, len(doc)


def _marks(doc: Doc) -> list[int]:
    """The tokens that are quotation marks."""
    strings = doc.vocab.strings
    forms = {strings[mark]: mark for mark in OPENING | CLOSING | STRAIGHT if mark in strings}
    return [i for i, (form,) in enumerate(token_columns(doc, ("ORTH",)).tolist()) if form in forms]


def _quotes(doc: Doc, marks: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The quoted spans of one paragraph with their marks; an open one ends with the paragraph."""
    opened: int | None = None
    for i in marks[bisect_left(marks, start) : bisect_left(marks, end)]:
        text = doc[i].text
        if opened is None and text not in CLOSING:
            opened = i
        elif opened is not None and text not in OPENING:
            yield opened, i + 1
            opened = None
    if opened is not None:
        yield opened, end


def _mark_quotes(
    doc: Doc,
    paragraph: tuple[int, int],
    spans: Sequence[tuple[int, int]],
    found: list[Voice],
    before: int | None,
) -> int | None:
    """Write the voices of one paragraph's quotes; gives who spoke last.

    Quotes without speaker belong to that of another in the paragraph; a paragraph that is but a quote goes on
    with the speaker of the one before.
    """
    inside = {i for start, end in spans for i in range(start, end)}
    speakers = [_speaker(doc, span, inside) for span in spans]
    known = next((speaker for speaker in speakers if speaker is not None), None)
    if not spans:
        return _announced(doc, *paragraph)
    is_all_quote = len(spans) == 1 and spans[0] == paragraph
    default = known if known is not None else before if is_all_quote else None
    for (start, end), speaker in zip(spans, speakers, strict=True):
        who = speaker if speaker is not None else default
        voice = Voice(kind="quote", speaker=who, quote=-1 if who is not None else start)
        found[start:end] = [voice] * (end - start)
    return next((s for s in reversed(speakers) if s is not None), default)


def _speaker(doc: Doc, span: tuple[int, int], inside: set[int]) -> int | None:
    """The head of the subject of the verb of speech that a quote depends on, or else in its sentences."""
    start, end = span
    root = doc[start:end].root
    near = [root.head] if root.head.i not in inside else []
    near += [child for child in children_of(root) if child.i not in inside and child.dep_ == "parataxis"]
    if start and doc[start - 1].text == ":":
        near.append(doc[start - 1].sent.root)
    first, last = doc[start].sent.start, doc[end - 1].sent.end
    near += [doc[i] for i in range(first, last) if i not in inside]
    return next((s for verb in near if (s := _subject(verb, inside)) is not None), None)


def _announced(doc: Doc, start: int, end: int) -> int | None:
    """Who is to speak in the next paragraph, by a verb of speech before a colon; None where nobody is."""
    if doc[end - 1].text != ":":
        return None
    return next((s for i in range(end - 1, start, -1) if (s := _subject(doc[i], set())) is not None), None)


def _subject(verb: Token, inside: set[int]) -> int | None:
    """The subject of a verb of speech outside of the quotes; where it has none, the subject right behind it.

    Parsers often give `said Ana` a subject in the quote before it.
    """
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in word_set("kg.actors", "verbs of speech"):
        return None
    while verb.dep_ == "conj" and not any(child.dep_ in SUBJECTS for child in children_of(verb)):
        verb = verb.head
    own = (c for c in children_of(verb) if c.dep_ in SUBJECTS)
    behind = (t for t in verb.doc[verb.i + 1 : verb.i + FARTHEST_SUBJECT] if t.dep_ in SUBJECTS)
    return next((t.i for t in (*own, *behind) if t.i not in inside), None)


def _turns(doc: Doc, paragraphs: Sequence[tuple[int, int]]) -> list[Voice]:
    """The voice of each token, quotes apart: turns in an interview, the narrator elsewhere."""
    asks = [_is_question(doc, start, end) for start, end in paragraphs]
    found = [NARRATOR] * len(doc)
    if sum(asks) < LEAST_QUESTIONS:
        return found
    opened = False
    for (start, end), is_question in zip(paragraphs, asks, strict=True):
        opened = opened or is_question
        if opened:
            found[start:end] = [QUESTION if is_question else ANSWER] * (end - start)
    return found


def _is_question(doc: Doc, start: int, end: int) -> bool:
    last = end - 1
    while last > start and (doc[last].is_space or doc[last].text in CLOSING | STRAIGHT | {")"}):
        last -= 1
    return end - start > LEAST_WORDS and doc[last].text.endswith("?")
