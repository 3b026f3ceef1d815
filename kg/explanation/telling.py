"""Explanations as lines of text, each a heading and what stands under it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.explanation.records import Cue, Dating, End, Explanation, Refusal, Words
from kg.explanation.trees import path_text

Line = tuple[str, str]
"""A heading, empty where the line goes on under the last one, and its text."""


def explanation_lines(found: Explanation) -> list[Line]:
    """An explanation for people to read, in the order of the extraction.

    >>> explanation_lines(found)[0][0]  # doctest: +SKIP
    'relation'
    """
    lines = [
        ("relation", found.statement),
        ("article", found.article),
        ("sentence", f"“{found.evidence.text}” (characters {found.evidence.start}–{found.evidence.end})"),
        *end_lines("subject", found.subject),
        *end_lines("object", found.object),
        ("predicate", place_text(found.predicate)),
        ("tree", path_text(found.path) or "the ends stand in other sentences than the predicate"),
        ("rule", _joined(found.rule, found.rule_meaning)),
    ]
    if found.nested:
        lines.append(("", f"the object hangs inside the words that the form takes, by “{found.nested}”"))
    lines += [
        ("meaning", form_text(found)),
        ("", found.form.definition),
        *status_lines(found.status, found.cues),
        *(end_lines("said by", found.attribution) or [("said by", "the article itself")]),
        ("time", time_text(found.time)),
        *(end_lines("place", found.place) or [("place", "not said")]),
        ("confidence", f"{found.confidence:.2f} from the log odds {found.bias:+.2f} before, and most of all"),
        *(("", f"{one.weight:+.2f}  {one.feature}") for one in found.weights),
    ]
    lines += [("changed since", change) for change in found.changes]
    return [line for line in lines if any(line)]


def refusal_lines(found: Refusal) -> list[Line]:
    """A refusal for people to read.

    >>> from kg.explanation.records import Stage
    >>> refusal_lines(Refusal(stage=Stage.SENTENCE, message="No sentence mentions both."))
    [('sentence', 'No sentence mentions both.')]
    """
    return [(str(found.stage), found.message), *(("", detail) for detail in found.details)]


def end_lines(heading: str, end: End | None) -> list[Line]:
    """The words of an end, the mentions over which they lead to a name, and the entity."""
    if end is None:
        return []
    return [
        (heading, f"{place_text(end.words)}, a {end.kind}"),
        *(("", f"→ {place_text(link.words)}, a {link.kind}: {link.reason}") for link in end.links),
        ("", f"= {end.name} ({end.type}, {end.entity}): {end.reason}"),
    ]


def form_text(found: Explanation) -> str:
    """The property or class of a relation and the form that gave it."""
    entry = f"{found.form.entry} “{found.form.label}”"
    if found.form.words:
        return f"{entry}, by the lexical form “{found.form.words}” of the ontology"
    if found.rule.startswith("unknown"):
        return f"{entry}: the ontology has no form for these words"
    return f"{entry}, by the construction; no form of the ontology has these words"


def status_lines(status: str, cues: tuple[Cue, ...]) -> Iterator[Line]:
    """The status of a relation, and the words that gave it."""
    if not cues:
        yield "status", f"{status}; no cue says otherwise" if status == "asserted" else status
        return
    yield "status", status
    for cue in cues:
        yield "", f"{place_text(cue.words)}: {cue.status}, {cue.reason}"


def time_text(time: Dating | None) -> str:
    """A time, and how the words that name it were read."""
    if time is None:
        return "not said"
    against = f", read against the article's date {time.published}" if time.published else ""
    if time.words is None:
        return f"{time.value}, taken over from what is told around it{against}"
    return f"{time.value}, the {time.kind} that {place_text(time.words)} names{against}"


def place_text(words: Words) -> str:
    """Words with where they begin."""
    return f"“{words.text}” ({words.start})"


def _joined(name: str, meaning: str) -> str:
    return f"{name}: {meaning}" if meaning else name
