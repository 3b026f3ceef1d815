"""Which entities of different articles are one: candidates by name, and a verdict with its reason on each.

What is compared are `Profile`s, what all articles together say of a named entity. A verdict is a recorded
judgement: nothing is rewritten here, and what `same` means for a graph is for `kg.store` to say. A pair is
never the same by its names alone where types, countries, posts or sectors disagree, or where the registry
or an article tells the two apart; what the names alone cannot settle is `unsure`.
"""

from __future__ import annotations

from kg.actors.resolution.clusters import join_clusters
from kg.actors.resolution.decisions import judge_entities
from kg.actors.resolution.profiles import Profile

__all__ = ["Profile", "join_clusters", "judge_entities"]
