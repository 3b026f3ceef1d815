"""What is known of an entity when it is compared with others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.types import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An entity, as all articles together present it."""

    entity: Entity
    is_named: bool = True
    """Whether some article names it; what none does is known in one article only."""
    is_known: bool = False
    """Whether the registry has it."""
    articles: frozenset[str] = frozenset()
    """Articles that name it."""
    posts: frozenset[tuple[str, str]] = frozenset()
    """Posts that it is said to hold: predicate (`president of`) and id of the body."""
    companions: Collection[str] = frozenset()
    """Ids of what is named in the same articles, but for what most articles name; a store finds them late."""
    partners: frozenset[str] = frozenset()
    """Ids of the entities that a relation connects it with: an article that relates two knows two."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and aliases, the name first; without single words where it has longer names.

        A surname or an acronym is short for the longer name in its own article, and says nothing in others.

        >>> from kg.types import EntityType
        >>> Profile(entity=Entity(id="x", name="Ann Doe", type=EntityType.PERSON, aliases=("Doe",))).names
        ('Ann Doe',)
        """
        names = (self.entity.name, *self.entity.aliases)
        return tuple(name for name in names if " " in name) or names


def most_of_rare(articles: int) -> int:
    """How many articles, of so many, may name what is rare, so that to share it says something.

    Three, or one in fifty where there are more than 150, but no more than twenty: who is in the news again
    and again shares whatever is in hundreds of articles by chance.

    >>> most_of_rare(171), most_of_rare(1_000), most_of_rare(100_000)
    (3, 20, 20)
    """
    return min(max(3, articles // 50), 20)
