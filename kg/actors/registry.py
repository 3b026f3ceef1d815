"""The actor registry in use: which actor a name, demonym, seat or office stands for.

It knows words, not context: where a name fits several actors, all are given, best first, and whether a
capital is meant as the city or as the government is for others to say (`entities`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.actors.names import fold, fold_words, is_name_variant, slug
from kg.language.tree import remembered_whole, tokens_of
from kg.types import EntityType
from kg.vocabulary import Actor, Office, load_vocabulary, override, read_actors

_TITLES = Path(__file__).parent / "lexicon" / "titles.tsv"
_RANKS = {EntityType.COUNTRY: 0, EntityType.PLACE: 2}
"""Of namesakes the news mostly means the state, last the place: Georgia, Luxembourg."""
_OTHER_RANK = 1
_PERSON_LABELS = frozenset({"PER", "PERSON"})
_BRIDGES = frozenset({"-", "‐", "‑", "–", ",", "'", "’", "'s", "’s", "/", "&"})
"""Tokens that may stand inside a name without being a word of it: `Al-Qaeda`, `Washington, D.C.`"""
_PROPER = frozenset({"PROPN", "", "X"})
_PRONOUN_LIKE = frozenset({"us", "who", "it", "is", "no", "am", "so", "or", "do"})
_ACRONYM_LIKE = 3
"""Up to this many letters a name must be written as the registry writes it: US, not us."""


_MIXED_LENGTH = 4
"""Longer names with capitals inside are no acronyms: YouTube."""


class How(StrEnum):
    """In which way words name an actor."""

    NAME = "name"
    CAPITAL = "capital"
    SEAT = "seat"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Words of a document that the registry knows."""

    start: int
    """First token."""
    end: int
    """Token after the last."""
    actor: Actor
    """Whom or what the words name; for a capital the city."""
    how: How
    stands_for: Actor | None = None
    """Whom a capital stands for when it acts; None for all else."""
    rivals: tuple[Actor, ...] = ()
    """Others that the same words name in the same way, best first; empty where there is no doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One spelling of one actor."""

    text: str
    actor: Actor
    how: How


class _Word(NamedTuple):
    """One folded word of a document and the token that it is of."""

    text: str
    token: int
    is_last: bool
    """Whether it ends its token."""


class Registry:
    """Actors by what they are called and the offices that they hold.

    >>> registry = load_registry()
    >>> registry.by_demonym("Turkish").name, registry.by_seat("Kiev").name, registry.lookup("UN").name
    ('Turkey', 'Ukraine', 'United Nations')
    """

    def __init__(self, actors: Iterable[Actor], *, preferred: Iterable[str] = ()) -> None:
        """Takes actors, and the ids of those that go before all others that bear their names."""
        self.actors = tuple(actors)
        self._preferred = frozenset(preferred)
        self._by_id = {actor.id: actor for actor in self.actors}
        self._forms: dict[How, dict[str, list[_Form]]] = {how: {} for how in How}
        self._patterns: dict[str, dict[tuple[str, ...], list[_Form]]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        """How many words those patterns have, the most first, by their first word."""
        for actor in self.actors:
            for form in _forms_of(actor):
                self._add(form)
        self._offices = _index_offices(self.actors)

    def actor(self, actor_id: str) -> Actor | None:
        """The actor of an id; None where the registry has none."""
        return self._by_id.get(actor_id)

    def candidates(self, name: str, *, how: How = How.NAME) -> tuple[Actor, ...]:
        """All actors that a name fits, best first.

        >>> [actor.id for actor in load_registry().candidates("Georgia")]
        ['Georgia', 'Georgia_USA']
        """
        forms = self._forms[how].get(fold(name), ())
        return self._rank(form.actor for form in forms if _is_spelled(name, form.text))

    def lookup(self, name: str, *, date: datetime.date | None = None) -> Actor | None:
        """The actor of a name or alias; None where there is none, or several that nothing tells apart.

        A state goes before its namesakes, a place behind them; of persons of one name, the one in office
        on `date`.
        """
        return self._decide(self.candidates(name), date)

    def by_demonym(self, word: str) -> Actor | None:
        """The state or territory of a demonym, adjective or noun; None where there is none, or several.

        >>> load_registry().by_demonym("Congolese") is None
        True
        """
        return self._decide(self.candidates(word, how=How.DEMONYM), None)

    def by_seat(self, name: str) -> Actor | None:
        """Whom a capital or seat stands for when it acts; None where there is none, or several.

        A seat goes before a capital: Brussels is first the European Union, then Belgium.
        """
        seats = self.candidates(name, how=How.SEAT)
        return self._decide(seats or self.candidates(name, how=How.CAPITAL), None)

    def holders(self, title: str, actor_id: str, date: datetime.date | None = None) -> tuple[Actor, ...]:
        """Who held an office on a day, or ever where `date` is None; in the order of their first days."""
        titles = _titles_for(title)
        found = [
            (office, actor)
            for office, actor in self._offices.get(actor_id, ())
            if fold(office.title) in titles and (date is None or _is_held(office, date))
        ]
        found.sort(key=lambda pair: (pair[0].start or "", pair[1].id))
        return tuple(dict.fromkeys(actor for _, actor in found))

    def holder(self, title: str, actor_id: str, date: datetime.date | None) -> Actor | None:
        """Who held an office on a day; None where that is not known, or there were several.

        >>> load_registry().holder("president", "Ukraine", datetime.date(2018, 3, 1)).name
        'Petro Poroshenko'
        """
        found = self.holders(title, actor_id, date)
        return found[0] if len(found) == 1 else None

    def find(self, doc: Doc) -> list[Match]:
        """Every name of the registry in a document, the longest first where they overlap, in its order."""
        words = list(_words_of(doc))
        matches: list[Match] = []
        position = 0
        while position < len(words):
            begins_name = words[position].text in self._lengths  # as few do
            length, match = self._find_at(doc, words, position) if begins_name else (1, None)
            if match is not None:
                matches.append(match)
            position += length
        return matches

    def _add(self, form: _Form) -> None:
        self._forms[form.how].setdefault(fold(form.text), []).append(form)
        words = fold_words(form.text)
        if words:
            self._patterns.setdefault(words[0], {}).setdefault(words, []).append(form)
            lengths = {len(words), *self._lengths.get(words[0], ())}
            self._lengths[words[0]] = tuple(sorted(lengths, reverse=True))

    def _find_at(self, doc: Doc, words: Sequence[_Word], position: int) -> tuple[int, Match | None]:
        """The longest match that begins at a word, and how many words to go on."""
        first = words[position]
        begins_token = position == 0 or words[position - 1].is_last
        for length in self._lengths[first.text] if begins_token else ():
            span = words[position : position + length]
            forms = self._patterns[first.text].get(tuple(word.text for word in span))
            if forms and span[-1].is_last:
                match = self._match(doc, first.token, span[-1].token + 1, forms)
                if match is not None:
                    return length, match
        return 1, None

    def _match(self, doc: Doc, start: int, end: int, forms: Iterable[_Form]) -> Match | None:
        """The match of some words in the first way that they fit; None where they are written otherwise."""
        fitting = [form for form in forms if _fits(doc, start, end, form)]
        fitting = [form for form in fitting if not _is_of_namesake(doc, start, end, form.actor)]
        for how in How:
            actors = self._rank(form.actor for form in fitting if form.how is how)
            if not actors:
                continue
            first = start + 1 if doc[start].text == "the" else start
            owner = self._owner_of_capital(doc[first:end].text, actors) if how is How.NAME else None
            return Match(
                start=first,
                end=end,
                actor=actors[0],
                how=How.CAPITAL if owner else how,
                stands_for=owner,
                rivals=actors[1:],
            )
        return None

    def _rank(self, actors: Iterable[Actor]) -> tuple[Actor, ...]:
        unique = {actor.id: actor for actor in actors}.values()
        return tuple(sorted(unique, key=lambda actor: (*self._place(actor), actor.id)))

    def _place(self, actor: Actor) -> tuple[bool, int]:
        """Who goes before namesakes: the user's own, then states; last come places."""
        return actor.id not in self._preferred, _RANKS.get(actor.type, _OTHER_RANK)

    def _decide(self, actors: Sequence[Actor], date: datetime.date | None) -> Actor | None:
        """The first of ranked actors, if it goes before the second; else the only one in office."""
        if not actors:
            return None
        if len(actors) == 1 or self._place(actors[0]) < self._place(actors[1]):
            return actors[0]
        serving = [a for a in actors if date and any(_is_held(office, date) for office in a.offices)]
        return serving[0] if len(serving) == 1 else None

    def _owner_of_capital(self, name: str, actors: Sequence[Actor]) -> Actor | None:
        is_one_place = len(actors) == 1 and actors[0].type is EntityType.PLACE
        return self.by_seat(name) if is_one_place else None


@cache
def load_registry(own: Path | None = None) -> Registry:
    """The registry of the package, with the actors of a user's file, which win; read once.

    Args:
        own: Turtle or a table; see `kg.vocabulary.actors`. None for the package's actors alone.

    Raises:
        VocabularyError: A file cannot be read, or an actor of it is not well described.
    """
    ours = load_vocabulary().actors
    theirs = read_actors(own, slug) if own is not None else []
    return Registry(override(ours, theirs), preferred=(actor.id for actor in theirs))


def registry_of(doc: Doc) -> Registry:
    """The registry that a document's names were found in (`kg_mentions` says which).

    >>> import spacy
    >>> registry_of(spacy.blank("en")("Hello")).lookup("UN").name
    'United Nations'
    """
    own = doc._.own_actors if Doc.has_extension("own_actors") else None
    return load_registry(Path(own) if own else None)


def _forms_of(actor: Actor) -> Iterator[_Form]:
    for how, texts in (
        (How.NAME, (actor.name, *actor.aliases)),
        (How.CAPITAL, actor.capitals),
        (How.SEAT, actor.seats),
        (How.DEMONYM, actor.demonyms),
    ):
        for text in texts:
            yield _Form(text=text, actor=actor, how=how)


def _index_offices(actors: Iterable[Actor]) -> Mapping[str, list[tuple[Office, Actor]]]:
    offices: dict[str, list[tuple[Office, Actor]]] = {}
    for actor in actors:
        for office in actor.offices:
            offices.setdefault(office.of, []).append((office, actor))
    return offices


def _is_held(office: Office, date: datetime.date) -> bool:
    """Whether an office was held on a day; the last day is the successor's where it is known to the day."""
    day = date.isoformat()
    if office.start and day[: len(office.start)] < office.start:
        return False
    if not office.end:
        return True
    end = day[: len(office.end)]
    return end < office.end if len(office.end) == len(day) else end <= office.end


@cache
def _read_titles() -> dict[str, frozenset[str]]:
    lines = _TITLES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {fold(title): frozenset(map(fold, others.split(";"))) for title, others in rows}


def _titles_for(title: str) -> frozenset[str]:
    folded = fold(title)
    return _read_titles().get(folded, frozenset()) | {folded}


def _is_acronym(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters)


def _is_mixed(text: str) -> bool:
    """Whether a short name has capitals inside, as acronyms in part do: `DoD`, `AfD`."""
    return len(text) <= _MIXED_LENGTH and text.isalpha() and any(map(str.isupper, text[1:]))


def _is_spelled(name: str, form: str) -> bool:
    """Whether a name outside of a text is written like a form of the registry; only short ones must be."""
    letters = sum(map(str.isalpha, form))
    return letters > _ACRONYM_LIKE or not _is_acronym(form) or _is_acronym(name)


def _words_of(doc: Doc) -> Iterator[_Word]:
    """The folded words of a document; punctuation that no name spans becomes a word that none has."""
    for position, token in enumerate(tokens_of(doc)):
        words = fold_words(token.text)
        for word in words[:-1]:
            yield _Word(word, position, is_last=False)
        if words or token.text not in _BRIDGES:
            yield _Word(words[-1] if words else "", position, is_last=True)


def _fits(doc: Doc, start: int, end: int, form: _Form) -> bool:
    """Whether words of a document are written as a form of the registry asks."""
    text = doc[start:end].text
    if _is_acronym(form.text):
        return _is_acronym(text) and not _is_shouted(doc[start])
    if _is_mixed(form.text):
        return text == form.text
    opens = form.text.casefold().startswith("the ")
    if form.text[0].isupper() and not opens and not text[0].isupper():
        return False
    if form.text.split()[-1][0].isupper() and not doc[end - 1].text[0].isupper():
        return False
    return end - start > 1 or _is_proper(doc[start], form)


def _is_shouted(token: Token) -> bool:
    """Whether a pronoun in capitals stands among words in capitals: `TRUST US`."""
    if token.lower_ not in _PRONOUN_LIKE:
        return False
    near = [
        other for other in token.doc[max(0, token.i - 2) : token.i + 3] if other.is_alpha and other != token
    ]
    return len(near) > 1 and all(other.is_upper for other in near)


def _is_of_namesake(doc: Doc, start: int, end: int, actor: Actor) -> bool:
    """Whether a surname alone is that of another person, whom the document names in full."""
    if actor.type is not EntityType.PERSON:
        return False
    surname = fold(doc[start:end].text)
    bearers = [name for name in _full_names(doc) if fold(name).endswith(" " + surname)]
    names = [name for name in (actor.name, *actor.aliases) if " " in name]
    return bool(bearers) and not any(is_name_variant(bearer, name) for bearer in bearers for name in names)


@remembered_whole
def _full_names(doc: Doc) -> list[str]:
    """The names of persons in several words that the model finds, each once."""
    found = (ent.text for ent in doc.ents if ent.label_ in _PERSON_LABELS and len(ent) > 1)
    return list(dict.fromkeys(found))


def _is_proper(token: Token, form: _Form) -> bool:
    """Whether a single capitalized word is a name: where every word is capitalized, the tagger decides."""
    if form.how is How.DEMONYM or form.actor.type is EntityType.COUNTRY or not token.is_sent_start:
        return True
    return token.pos_ in _PROPER
