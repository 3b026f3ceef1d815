"""Whom a name means where it must be one: the entity itself, or an error that tells who it may be."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from kg.errors import ExportError
from kg.evaluation import fold
from kg.export.records import called
from kg.rdf.iris import entity_id
from kg.types import Entity

_LISTED = 8
"""Entities that an error lists at most."""
_NEAR = 75
"""How like a name must be to be told (0–100): `colle` is 89 to `cole`, and `zoe` 57."""
_SHORTEST = 3
"""Letters of a word that is compared."""


def the_one(entities: Sequence[Entity], name: str | Entity) -> Entity:
    """The entity that an id, an IRI or a name means.

    Of several that bear a name it is the one whose main name it is.

    Raises:
        ExportError: No entity bears the name, or several do; the error lists who it may be.

    >>> from kg.types import EntityType
    >>> ana = Entity(id="x", name="Ana Bell", type=EntityType.PERSON)
    >>> the_one([ana], "bell").id
    'x'
    """
    if isinstance(name, Entity):
        return name
    found = _named(entities, name)
    main = [entity for entity in found if fold(entity.name) == fold(name)]
    by_id = [entity for entity in found if entity.id in {name, entity_id(name) if "://" in name else name}]
    one = by_id or (main if len(main) == 1 else found)
    if len(one) > 1:
        raise ExportError(
            f"{len(found)} entities are named {name!r}: {_list(found)}; give the full name or id of one."
        )
    return one[0]


def _named(entities: Sequence[Entity], name: str) -> list[Entity]:
    try:
        return called(entities, name)
    except ExportError as error:
        near = _near(entities, name)
        if not near:
            raise
        raise ExportError(f"No entity is named {name!r}; there are {_list(near)}.") from error


def _near(entities: Sequence[Entity], name: str) -> list[Entity]:
    """Those with a name, or a word of one, that is most like it; the likest first."""
    names = [(one, entity) for entity in entities for one in _parts(entity)]
    hits = process.extract(
        fold(name), [one for one, _ in names], scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_LISTED
    )
    found = {names[number][1].id: names[number][1] for _, _, number in hits}
    return list(found.values())


def _parts(entity: Entity) -> list[str]:
    """The folded names of an entity, and their words."""
    names = [fold(name) for name in (entity.name, *entity.aliases)]
    return sorted({part for name in names for part in (name, *name.split()) if len(part) >= _SHORTEST})


def _list(entities: Sequence[Entity]) -> str:
    shown = [f"{entity.name} ({entity.type.value}, {entity.id})" for entity in entities[:_LISTED]]
    more = [f"and {len(entities) - _LISTED} more"] if len(entities) > _LISTED else []
    return ", ".join([*shown, *more])
