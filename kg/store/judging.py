"""Judges which entities of a store are one, keeps the judgements, and puts them into effect.

With it goes which articles repeat which, which follows from all articles together too (`kg.store.repeats`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.actors.resolution import Profile, join_clusters, judge_entities
from kg.errors import JudgementError
from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.rdf.judgements import USER, judgement_quads, read_judgements
from kg.rdf.quads import iri_of
from kg.store.builds import is_finished, without_mark
from kg.store.changes import MANY, Changes, apply
from kg.store.claims import Claim, resolve_claims
from kg.store.graphs import ArticleGraphs
from kg.store.incoming import Incoming
from kg.store.merging import merging
from kg.store.profiles import Profiles
from kg.store.repeats import SKETCHES, repeat_quads, repeating
from kg.types import Judgement, Verdict
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a round of judging left in the graph."""

    same: int = 0
    different: int = 0
    unsure: int = 0
    merged: int = 0
    """Entities that are shown as another."""
    waiting: int = 0
    """Judgements of the user on entities that no article names yet."""


class Bench:
    """Judges for one store; every round starts from the articles and the user's judgements alone."""

    def __init__(
        self, data: ox.Store, vocabulary: Vocabulary, base: str, *, folder: Path | None = None
    ) -> None:
        self.data = data
        self.vocabulary = vocabulary
        self.base = base
        self.folder = folder

    @property
    def is_new(self) -> bool:
        """Whether a graph is from before it was judged which articles repeat which, or was restored."""
        return self.folder is not None and not (self.folder / SKETCHES).is_file() and self._has_articles

    def note(self, incoming: Iterable[Incoming]) -> None:
        """Keeps what the judging needs of articles that came, while their texts are at hand."""
        if self.folder is not None:
            from kg.store.sketches import keep_sketches  # loads numpy, which readers do without

            keep_sketches(self.folder, [(one.article, one.text) for one in incoming])

    def judgements(self) -> list[Judgement]:
        """What is judged, by ids."""
        graph = graph_node(NamedGraph.JUDGEMENTS, self.base)
        return read_judgements(self.data.quads_for_pattern(None, None, None, graph))

    def judge(self, claims: Iterable[Claim] = ()) -> Judged:
        """Judges anew, with the user's judgements that are kept and these, which win over the kept ones.

        Raises:
            JudgementError: A name is that of several entities, or the judgements contradict each other.
        """
        repeats = self._repeats()
        profiles = self._profiles(repeats)
        asked = list(claims)
        given = resolve_claims(asked, profiles.entities()) if asked else []
        chosen = {(judgement.one, judgement.other): judgement for judgement in [*self._users(), *given]}
        return self._conclude(list(chosen.values()), profiles, repeats)

    def withdraw(self, one: str, other: str) -> bool:
        """Takes back the user's judgement on two ids or names and judges anew; gives whether there was one.

        Raises:
            JudgementError: A name is that of several entities.
        """
        repeats = self._repeats()
        profiles = self._profiles(repeats)
        kept = self._users()
        is_by_id = tuple(sorted((one, other))) in {(judgement.one, judgement.other) for judgement in kept}
        claim = Claim(one=one, other=other, verdict=Verdict.UNSURE, is_by_id=is_by_id)
        (meant,) = resolve_claims([claim], profiles.entities())
        left = [
            judgement for judgement in kept if (judgement.one, judgement.other) != (meant.one, meant.other)
        ]
        if len(left) < len(kept):
            self._conclude(left, profiles, repeats)
        return len(left) < len(kept)

    @property
    def _has_articles(self) -> bool:
        return ArticleGraphs(self.base).are_in(self.data)

    def _users(self) -> list[Judgement]:
        return [judgement for judgement in self.judgements() if judgement.judge == USER]

    def _repeats(self) -> list[ox.Quad]:
        return repeat_quads(self.data, self.base, self.folder)

    def _profiles(self, repeats: Iterable[ox.Quad]) -> Profiles:
        originals = {iri_of(quad.subject): iri_of(quad.object) for quad in repeats}
        return Profiles(self.data, self.vocabulary, self.base, originals)

    def _conclude(self, users: list[Judgement], profiles: Profiles, repeats: Iterable[ox.Quad]) -> Judged:
        _refuse_contradictions(users)
        known = frozenset(actor.id for actor in self.vocabulary.actors)
        own = judge_entities(profiles.alike(), profiles.whole)
        here = [one for one in users if one.one in profiles and one.other in profiles]
        merges, held = join_clusters(
            [*own, *here], lambda identifier: _rank(profiles.called(identifier)), known=known
        )
        absent = [judgement for judgement in users if judgement not in here]
        changes = self._kept([*held, *absent]) | merging(self.data, self.vocabulary, self.base, merges)
        changes |= repeating(self.data, repeats)
        self._put_into_effect(without_mark(changes, self.data, self.base))
        counts = [judgement.verdict for judgement in held]
        return Judged(
            same=counts.count(Verdict.SAME),
            different=counts.count(Verdict.DIFFERENT),
            unsure=counts.count(Verdict.UNSURE),
            merged=len(merges),
            waiting=len(absent),
        )

    def _put_into_effect(self, changes: Changes) -> None:
        """Makes the changes; many that are put in go first, past the engine's parser, which takes gigabytes.

        A process that is killed in between leaves the graph unfinished, as it was, and the next round takes
        out what is left; so a graph that is finished is changed at once.
        """
        if len(changes.added) >= MANY and not is_finished(self.data, self.base):
            apply(Changes(added=changes.added), self.data)
            changes = replace(changes, added=())
        apply(changes, self.data)

    def _kept(self, judgements: Iterable[Judgement]) -> Changes:
        """What changes in the graph of judgements so that it holds these."""
        graph = graph_node(NamedGraph.JUDGEMENTS, self.base)
        old = set(self.data.quads_for_pattern(None, None, None, graph))
        new = dict.fromkeys(
            quad for judgement in judgements for quad in judgement_quads(judgement, self.base)
        )
        return Changes(
            removed=frozenset(old - new.keys()),
            added=tuple(quad for quad in new if quad not in old),
            emptied=(graph,) if old and not new else (),
        )


def _rank(profile: Profile) -> tuple[object, ...]:
    """Which of several entities that are one stays: the registry's, else the one with the longest name."""
    return (not profile.is_known, -len(profile.entity.name), profile.entity.id)


def _refuse_contradictions(users: list[Judgement]) -> None:
    """Refuses a `same` of the user that others of the user stand against, here or yet to come."""
    _, held = join_clusters(users, lambda identifier: (identifier,))
    doubted = {(one.one, one.other): one for one in held if one.verdict is Verdict.UNSURE}
    for judgement in users:
        found = doubted.get((judgement.one, judgement.other))
        if found is not None and judgement.verdict is Verdict.SAME:
            raise JudgementError(
                f"The judgement that {judgement.one!r} and {judgement.other!r} are the same contradicts "
                f"others of yours ({found.reason}); withdraw one of them."
            )
