"""`I`, `we` and `you`: the cluster of whoever speaks, or is spoken to, by the voice that says them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.actors.phrases import Phrase
from kg.actors.voices import QUESTION, Voice
from kg.types import EntityType, MentionKind

if TYPE_CHECKING:
    from kg.actors.coreference import State

SPEAKER_PRONOUNS = frozenset({"i", "we", "you"})


def is_of_speaker(phrase: Phrase) -> bool:
    """Whether a phrase is a pronoun of the first or second person."""
    return phrase.kind is MentionKind.PRONOUN and phrase.trait in SPEAKER_PRONOUNS


def place_speakers(state: State) -> None:
    """Put the pronouns of the first and second person into clusters, one for each pronoun and speaker."""
    found: dict[tuple[str, object], int] = {}
    asked = interviewee(state)
    if asked is not None:
        found["i", "answer"] = asked
    for index, phrase in enumerate(state.phrases):
        if not is_of_speaker(phrase):
            continue
        voice = state.voices[phrase.head]
        speaker = speaker_cluster(state, voice)
        key = key_of(phrase.trait, voice, speaker)
        if key not in found and speaker is not None and may_be(state, phrase.trait, speaker):
            found[key] = speaker
        if key in found:
            state.join(index, found[key])
        else:
            found[key] = state.start(index)


def key_of(word: str, voice: Voice, speaker: int | None) -> tuple[str, object]:
    """Equal for pronouns that stand for the same: what is asked `you` in an interview is answered as `I`."""
    if voice.kind == "question" and word == "you":
        return "i", "answer"
    if speaker is not None:
        return word, speaker
    return word, voice.quote if voice.kind == "quote" else voice.kind


def interviewee(state: State) -> int | None:
    """Who answers in an interview: whom its introduction names most; None where it names two equally."""
    first = next((i for i, phrase in enumerate(state.phrases) if state.voices[phrase.head] == QUESTION), None)
    if first is None:
        return None
    times = Counter(
        state.cluster_of[index]
        for index in range(first)
        if index in state.cluster_of and state.profiles[state.cluster_of[index]].types == {EntityType.PERSON}
    )
    people = Counter({c: n for c, n in times.items() if may_be(state, "i", c) and state.profiles[c].is_named})
    best = people.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def speaker_cluster(state: State, voice: Voice) -> int | None:
    """The cluster of whoever a quote is from; None where that is not said."""
    if voice.speaker is None:
        return None
    index = state.by_head.get(voice.speaker)
    if index is None:
        return None
    cluster = state.cluster_of.get(index)
    return None if cluster is None or state.clusters[cluster].parts else cluster


def may_be(state: State, word: str, speaker: int) -> bool:
    """Whether a speaker may say a pronoun of itself: `I` a person, `we` an organisation or group."""
    profile = state.profiles[speaker]
    if word == "i":
        return not profile.is_plural and profile.types <= {EntityType.PERSON}
    return word == "we" and (
        profile.is_plural or bool(profile.types & {EntityType.ORGANIZATION, EntityType.COUNTRY})
    )
