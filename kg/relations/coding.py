"""Event coding by PLOVER's conventions: who did what kind of thing to whom, sentence by sentence.

Event coders give records, not a graph of facts: every event of one of the sixteen types counts, also one
whose ends have no name and no entity of their own. Here an unnamed actor stands for the country that the
words around it name, an act that is only announced is AGREE if it is friendly and THREATEN if it is not, and
a friendly act that is refused is REJECT (PLOVER manual, AGREE, REJECT and THREATEN). The graph keeps to what
the article states (`statements`); nothing of this module goes into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from spacy.tokens import Doc, Span, Token

from kg.language.wordsets import word_set
from kg.relations.classification import OTHER, Lexicon, Meaning, load_lexicon
from kg.relations.clauses import Clause, clauses_of, expand, subjects_of
from kg.relations.conditions import is_conditional
from kg.relations.cues import words
from kg.relations.drafts import Reading, meanings_of
from kg.relations.events import nominal_clauses_of
from kg.relations.factuality import status_of
from kg.relations.frames import Frame, frames_of
from kg.relations.guesses import obligation
from kg.relations.scene import Scene
from kg.types import PLACE_TYPES, Entity, EntityType, Status

FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
"""Types that are AGREE while they are only announced, and REJECT where they are refused."""
HOSTILE = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST", "REJECT"})
"""Types that are THREATEN while they are only announced."""
VERBAL = frozenset({"REQUEST", "ACCUSE", "THREATEN"})
EVENT_TYPES = FRIENDLY | HOSTILE | VERBAL
DOMESTIC = HOSTILE | frozenset({"CONCEDE", "REQUEST", "ACCUSE"})
"""Types whose target, where none is named, is at home: protests, concessions, arrests."""
INTERGOVERNMENTAL = "IGO"
STATELESS = {"IGO": INTERGOVERNMENTAL, "NGO": INTERGOVERNMENTAL, "REB": "IMG"}
"""What PLOVER's records have in place of a country, by sector: international bodies, armed groups."""
PERSONS = frozenset({EntityType.PERSON})
MOST_TYPES = 2
"""Event types coded of one sentence, those nearest its top: few news sentences state more."""
DEEPEST = 50
"""Steps up a tree after which it is taken for a chain without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """An event of a sentence in PLOVER's terms."""

    type: str
    """One of PLOVER's sixteen event types."""
    source: str | None
    """ISO 3166-1 alpha-3 code of the country that acts; IGO for international bodies, IMG for armed groups of
    no one country; None where the document names none."""
    target: str | None
    predicate: str
    """The lexical form that gives the type: `pull out of`."""
    start: int
    """First character of the sentence in the text."""
    end: int
    """Where the sentence ends, exclusive."""
    source_entity: Entity | None = field(default=None, compare=False)
    """The entity that bears the source's code; None where the code does not come of a name."""
    target_entity: Entity | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """What a clause says, before its ends are countries."""

    type: str
    clause: Clause
    form: str
    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    is_mutual: bool


def code_events(doc: Doc, lexicon: Lexicon | None = None) -> list[CodedEvent]:
    """The events of an annotated document, in the order of the text, no two alike.

    Args:
        doc: A document that the whole pipeline has read.
        lexicon: The forms that give the types; None for those of the package's ontology.
    """
    scene = Scene(doc)
    forms = lexicon or load_lexicon()
    found: dict[CodedEvent, None] = {}
    events = [e for clause in _clauses(doc) for e in _read(scene, clause, forms)]
    for sentence in doc.sents:
        inside = [e for e in events if sentence.start <= e.clause.predicate.i < sentence.end]
        found |= dict.fromkeys(c for e in _foremost(inside) for c in _coded(scene, sentence, e))
    return list(found)


def _clauses(doc: Doc) -> list[Clause]:
    return [*clauses_of(doc), *nominal_clauses_of(doc)]


def _read(scene: Scene, clause: Clause, lexicon: Lexicon) -> Iterator[_Event]:
    """The event that a clause states, by the most specific of its forms that has an event type."""
    for frame in frames_of(clause):
        meaning = _meaning(scene, clause, frame, meanings_of(lexicon, clause, frame))
        if meaning is None:
            continue
        reading = Reading(scene, clause, frame, (meaning,), lexicon)
        type_ = _type_of(clause, reading.occurrence(meaning), meaning.relation_class)
        if type_ is not None:
            yield _event(clause, frame, meaning, type_)
        return
    yield from _demands(clause)


def _demands(clause: Clause) -> Iterator[_Event]:
    """`said B must leave`: a demand on whoever must."""
    if clause.lemma not in words("reporting_verbs"):
        return
    for complement in clause.complements:
        modal = obligation(complement) if complement.dep_ == "ccomp" else None
        if modal is not None:
            yield _Event(
                type="REQUEST",
                clause=clause,
                form=f"{clause.lemma} {modal} {complement.lemma_.lower()}",
                sources=clause.subjects,
                targets=subjects_of(complement),
                is_mutual=False,
            )


def _meaning(scene: Scene, clause: Clause, frame: Frame, meanings: Sequence[Meaning]) -> Meaning | None:
    """The first meaning whose ends fit, or of whose ends nothing is known; None where that is a state."""
    subjects = frame.subjects if frame.subjects is not None else clause.subjects
    ends = [(one, other) for one in subjects for other in frame.targets]
    known = [(one, other) for one, other in ends if scene.stands_for(one) and scene.stands_for(other)]
    for meaning in (meaning for meaning in meanings if meaning.relation_class != OTHER):
        pairs = [(other, one) if meaning.is_inverse else (one, other) for one, other in known]
        if not pairs or any(_fits(scene, meaning, *pair) for pair in pairs):
            return meaning if meaning.relation_class in EVENT_TYPES else None
    return None


def _fits(scene: Scene, meaning: Meaning, subject: Token, object_: Token) -> bool:
    return any(meaning.fits(a.type, b.type) for a in scene.entities(subject) for b in scene.entities(object_))


def _type_of(clause: Clause, occurrence: Token, type_: str) -> str | None:
    """The type of an event by its status; None where it is not the clause's own to tell, or only supposed."""
    predicate = clause.predicate
    status = status_of(predicate)
    if status is Status.ASSERTED and occurrence.i != predicate.i:
        status = status_of(occurrence)
        if status is Status.REQUESTED:
            return "REQUEST"
    if status is Status.ASSERTED or (type_ in VERBAL and status in {Status.PLANNED, Status.POSSIBLE}):
        return type_
    if status is Status.NEGATED:
        return "REJECT" if type_ in FRIENDLY else None
    if obligation(predicate) is not None:
        return None
    if status is Status.PLANNED or governor_in(predicate, "vows"):
        is_threat = type_ in HOSTILE or is_conditional(predicate)
        return "THREATEN" if is_threat else "AGREE"
    return type_ if status is Status.POSSIBLE and governor_in(predicate, "attempts") else None


def governor_in(predicate: Token, name: str) -> bool:
    """Whether what a verb says is the complement of a verb of a set: `threatened to ban`, `tried to ban`."""
    governor = predicate.head.lemma_.lower()
    return predicate.dep_ in {"ccomp", "xcomp"} and governor in word_set("kg.relations", name)


def _event(clause: Clause, frame: Frame, meaning: Meaning, type_: str) -> _Event:
    subjects = frame.subjects if frame.subjects is not None else clause.subjects
    targets = frame.targets
    if meaning.is_inverse:
        subjects, targets = targets, subjects
    members = clause.parties or (subjects if len(subjects) > 1 else ())
    is_mutual = bool(members) and (not targets or targets == clause.parties)
    return _Event(
        type=type_,
        clause=clause,
        form=frame.form,
        sources=members if is_mutual and clause.parties else subjects,
        targets=members if is_mutual else targets,
        is_mutual=is_mutual,
    )


def _foremost(events: Iterable[_Event]) -> list[_Event]:
    """The events of the types that stand nearest the top of the sentence."""
    ranked = sorted(
        events, key=lambda e: (e.clause.is_nominal, _depth(e.clause.predicate), e.clause.predicate.i)
    )
    types = list(dict.fromkeys(event.type for event in ranked))[:MOST_TYPES]
    return sorted((e for e in ranked if e.type in types), key=lambda e: e.clause.predicate.i)


def _depth(token: Token) -> int:
    """How far a word stands below the root; what is only reported stands as high as the reporting."""
    depth = 0
    while token.head.i != token.i and depth < DEEPEST:
        is_reported = token.dep_ in {"ccomp", "parataxis"} and token.head.lemma_.lower() in words(
            "reporting_verbs"
        )
        depth += 0 if is_reported else 1
        token = token.head
    return depth


# Countries.


def _coded(scene: Scene, sentence: Span, event: _Event) -> Iterator[CodedEvent]:
    """The event for each of its pairs of countries; none where no end has one."""
    sources = _countries(scene, event.sources) or _implied_source(scene, sentence, event)
    targets = _countries(scene, event.targets) or _implied_target(scene, event, sources)
    if not sources and not targets:
        return
    ends = product(sources or (None,), targets or (None,))
    pairs = [(a, b) for a, b in ends if not (event.is_mutual and a == b)]
    for source, target in pairs or [(next(iter(sources), None), None)]:
        yield CodedEvent(
            type=event.type,
            source=source,
            target=target,
            predicate=event.form,
            start=sentence.start_char,
            end=sentence.end_char,
            source_entity=_bearer(scene, event.sources, source),
            target_entity=_bearer(scene, event.targets, target),
        )


def _bearer(scene: Scene, tokens: Iterable[Token], code: str | None) -> Entity | None:
    """Whom some words, or else their phrases, name that bears a code."""
    words_ = list(tokens)
    near = [*words_, *(word for token in words_ for word in _phrase(token))]
    named = (entity for token in near for entity in scene.entities(token))
    return next((entity for entity in named if code is not None and _code_of(entity) == code), None)


def _countries(scene: Scene, tokens: Iterable[Token]) -> list[str]:
    """The countries of some words: their own, else those that their phrases name; no repetition."""
    found = (code for token in tokens for code in _codes(scene, token))
    return list(dict.fromkeys(found))


def _codes(scene: Scene, token: Token) -> list[str]:
    """The countries of a word: of an international body's officer that body, else its own or the next."""
    inside = _named_in(scene, sorted(_phrase(token), key=lambda word: abs(word.i - token.i)))[:1]
    if scene.is_a(token, PERSONS) and inside == [INTERGOVERNMENTAL]:
        return inside
    return _named_in(scene, [token]) or inside


def _named_in(scene: Scene, tokens: Iterable[Token]) -> list[str]:
    found = (_code_of(entity) for token in tokens for entity in scene.entities(token))
    return [code for code in found if code]


def _code_of(entity: Entity) -> str | None:
    """The country of an entity, or the kind of body that PLOVER has in its place."""
    return entity.country or STATELESS.get(entity.sector or "")


def _phrase(token: Token) -> list[Token]:
    """The words of a noun phrase, without its relative clauses and what is coordinated to it."""
    found = []
    for child in token.children:
        if child.dep_ not in {"acl:relcl", "conj", "cc", "punct", "parataxis"}:
            found += [child, *_phrase(child)]
    return found


def _implied_source(scene: Scene, sentence: Span, event: _Event) -> list[str]:
    """Who acts where no word says it: the land in which it happens, else one that is not acted on."""
    targets = _countries(scene, event.targets)
    others = [code for code in _named_in(scene, sentence) if code not in targets]
    return (_places(scene, event.clause) or others or targets)[:1]


def _places(scene: Scene, clause: Clause) -> list[str]:
    places = (a.token for a in clause.obliques if scene.is_a(a.token, PLACE_TYPES))
    return _countries(scene, places)


def _implied_target(scene: Scene, event: _Event, sources: Sequence[str]) -> list[str]:
    """Who is acted on where no word says it: the next other country of the clause, else the own."""
    predicate = event.clause.predicate
    own = {word.i for source in expand(event.sources) for word in (source, *_phrase(source))}
    after = [word for word in predicate.subtree if word.i not in own and word.i > predicate.i]
    others = [code for code in _named_in(scene, after) if code not in sources]
    return others[:1] or (list(sources[:1]) if event.type in DOMESTIC else [])
