"""What an explanation consists of: frozen records, which become text in `telling` and JSON as they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of an article; `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A step from one mention of an entity to another."""

    words: Words
    """The mention that the step leads to."""
    kind: str
    """`name`, `nominal` or `pronoun`."""
    reason: str
    """Why the two are one, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How words of a sentence came to stand for an entity."""

    words: Words
    kind: str
    """`name`, `nominal` or `pronoun`."""
    links: tuple[Link, ...]
    """From these words to the mention that names the entity; empty where they name it themselves."""
    entity: str
    """The entity's id."""
    name: str
    type: str
    reason: str
    """How the entity was found: by the registry, by its name in the article, or by its description alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A word on the way through the tree from subject to object."""

    word: str
    label: str = ""
    """The label of the arc that leads to this word from the one before; empty for the first."""
    is_up: bool = False
    """Whether that arc leads to a head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the ontology says of the words that express a relation."""

    words: str
    """The lexical form of the ontology; empty where no form but the construction gives the meaning."""
    entry: str
    """The property or class that has the form, such as `kg:meets` or `CONSULT`."""
    label: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that give a relation its status."""

    words: Words
    status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """How a time was read."""

    value: str
    """ISO 8601."""
    words: Words | None
    """The words that name the date; None where it was taken over from what is told around it."""
    kind: str
    published: str | None
    """The article's date, which relative words are read against; None where its day is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one feature adds to the confidence, in log odds."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a relation is in the graph."""

    statement: str
    """The relation in words."""
    article: str
    """Id of the article."""
    evidence: Words
    subject: End
    predicate: Words
    object: End
    path: tuple[Step, ...]
    """The way through the tree from subject over predicate to object; empty where they stand in different
    sentences."""
    rule: str
    """The construction that was seen."""
    rule_meaning: str
    nested: str
    """How the object hangs inside the words that the form takes; empty where it is those words."""
    form: Form
    status: str
    cues: tuple[Cue, ...]
    """Empty where nothing but the plain statement gives the status."""
    attribution: End | None
    time: Dating | None
    place: End | None
    confidence: float
    bias: float
    """The log odds of a relation of which nothing is known."""
    weights: tuple[Weight, ...]
    """The features that move the confidence most, the strongest first."""
    changes: tuple[str, ...] = ()
    """What the extractor says otherwise now than when the article was stored."""


class Stage(StrEnum):
    """Where a relation may be lost on its way into the graph, in order."""

    MENTION = "mention"
    """One end has no mention in the article."""
    ENTITY = "entity"
    """Both names mean the same entity."""
    SENTENCE = "sentence"
    """No sentence has both ends."""
    DRAFT = "draft"
    """No rule relates the two."""
    CONFIDENCE = "confidence"
    """What the rules drafted was not sure enough."""
    KEPT = "kept"
    """Nothing was refused: there are relations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The first step that lost a relation between two entities in an article."""

    stage: Stage
    message: str
    """What the step found, in a sentence or two."""
    details: tuple[str, ...] = ()
    """What it looked at: mentions, sentences, paths, features, relations."""
