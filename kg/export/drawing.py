"""What a drawing shows of relations: nodes, edges and legend, as the data that vis-network takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from kg.export.layout import place_nodes
from kg.export.records import Statement, entities_of
from kg.types import Entity, EntityType, Relation, Status
from kg.vocabulary import Vocabulary

_GREY = "#888888"
_SHAPES = {
    EntityType.PERSON: "dot",
    EntityType.COUNTRY: "square",
    EntityType.ORGANIZATION: "diamond",
    EntityType.PLACE: "triangle",
    EntityType.GROUP: "hexagon",
    EntityType.EVENT: "star",
    EntityType.THING: "triangleDown",
}
_DASHES: dict[Status, bool | list[int]] = {
    Status.ASSERTED: False,
    Status.PLANNED: [12, 7],
    Status.POSSIBLE: [2, 7],
    Status.NEGATED: [4, 4],
    Status.REQUESTED: [14, 5, 2, 5],
}
_PREFIXES = {
    Status.ASSERTED: "",
    Status.PLANNED: "planned: ",
    Status.POSSIBLE: "possibly: ",
    Status.NEGATED: "not: ",
    Status.REQUESTED: "asked: ",
}
_READABLE = 40
"""Entities whose names can all be read at once."""
_QUOTED = 3
"""Sentences in a tooltip; the panel shows all."""


def nodes_of(statements: Sequence[Statement], words: Vocabulary) -> list[dict[str, Any]]:
    """A node for each entity, placed.

    >>> from kg.vocabulary import load_vocabulary
    >>> nodes_of([], load_vocabulary())
    []
    """
    entities = entities_of(statements)
    numbers = {entity.id: number for number, entity in enumerate(entities)}
    ends = [(numbers[s.relation.subject.id], numbers[s.relation.object.id]) for s in statements]
    degrees = Counter(number for pair in ends for number in pair)
    # The larger the drawing, the further out it is seen from, and the larger its hubs must be.
    distance = max(1.0, (len(entities) / _READABLE) ** 0.5)
    weight = {number: distance * degree**0.5 for number, degree in degrees.items()}
    places = place_nodes(len(entities), ends)
    return [
        {
            "id": entity.id,
            "label": _shorten(entity.name, 40),
            "name": entity.name,
            "kind": words.types[entity.type].label,
            "aliases": list(entity.aliases),
            "country": entity.country,
            "title": _describe(entity, words),
            "shape": _SHAPES[entity.type],
            "color": words.types[entity.type].colour or _GREY,
            "size": round(15 + 4 * weight[number]),
            "font": {"size": round(22 + 3 * weight[number])},
            "x": float(places[number][0]),
            "y": float(places[number][1]),
        }
        for number, entity in enumerate(entities)
    ]


def _describe(entity: Entity, words: Vocabulary) -> str:
    aliases = [alias for alias in entity.aliases if alias != entity.name]
    also = f"\nalso: {_shorten(', '.join(aliases), 120)}" if aliases else ""
    return f"{entity.name} ({words.types[entity.type].label}){also}"


def edges_of(statements: Sequence[Statement], words: Vocabulary) -> list[dict[str, Any]]:
    """An edge for all relations of the same ends, class and status, with the evidence of each.

    >>> from kg.vocabulary import load_vocabulary
    >>> edges_of([], load_vocabulary())
    []
    """
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        relation = statement.relation
        ends = (relation.subject.id, relation.object.id)
        groups[*ends, relation.relation_class, relation.status].append(statement)
    between: Counter[tuple[str, ...]] = Counter()
    edges = []
    for number, (key, group) in enumerate(groups.items()):
        pair = tuple(sorted(key[:2]))
        edges.append(
            {"id": number, **_edge(group, words), "smooth": _bend(between[pair], is_turned=key[:2] != pair)}
        )
        between[pair] += 1
    return edges


def _edge(group: Sequence[Statement], words: Vocabulary) -> dict[str, Any]:
    relation = group[0].relation
    predicates = list(dict.fromkeys(statement.relation.predicate for statement in group))
    more = f" +{len(predicates) - 1}" if len(predicates) > 1 else ""
    return {
        "from": relation.subject.id,
        "to": relation.object.id,
        "label": _shorten(_PREFIXES[relation.status] + relation.predicate, 28) + more,
        "predicate": ", ".join(predicates),
        "class": relation.relation_class,
        "kind": words.classes[relation.relation_class].label,
        "status": relation.status.value,
        "statusLabel": words.statuses[relation.status].label,
        "title": _tooltip(group, words),
        "color": words.classes[relation.relation_class].colour or _GREY,
        "dashes": _DASHES[relation.status],
        "width": 2 + min(len(group), 6) * 0.5,
        "arrows": "" if relation.symmetric else "to",
        "evidence": [_evidence(statement) for statement in group],
    }


def _bend(number: int, *, is_turned: bool) -> dict[str, Any]:
    """Parallel edges part: the first is straight, the others bend to either side, ever further."""
    if not number:
        return {"enabled": False}
    side = "curvedCW" if (number % 2 == 1) != is_turned else "curvedCCW"
    return {"enabled": True, "type": side, "roundness": min(0.22 * ((number + 1) // 2), 0.95)}


def _tooltip(group: Sequence[Statement], words: Vocabulary) -> str:
    relation = group[0].relation
    kind = f"{words.classes[relation.relation_class].label} · {words.statuses[relation.status].label}"
    shown = [_evidence(statement) for statement in group[:_QUOTED]]
    quotes = [f"{e['claim']}\n“{_shorten(e['text'], 300)}”\n{e['source']}" for e in shown]
    more = [f"… and {len(group) - _QUOTED} more"] if len(group) > _QUOTED else []
    return "\n\n".join([kind, *quotes, *more])


def _evidence(statement: Statement) -> dict[str, Any]:
    article = statement.article
    dated = article.published or "no date"
    return {
        "claim": _claim(statement.relation),
        "text": statement.relation.evidence.text,
        "source": " · ".join(filter(None, [article.title or article.id, article.source, dated])),
        "url": article.url if (article.url or "").startswith(("https://", "http://")) else None,
    }


def _claim(relation: Relation) -> str:
    said_by = f"says {relation.attribution.name}" if relation.attribution else None
    place = f"in {relation.place.name}" if relation.place else None
    known = [relation.time, place, said_by, f"confidence {relation.confidence:.2f}"]
    sentence = f"{relation.subject.name} — {relation.predicate} — {relation.object.name}"
    return " · ".join([sentence, *(part for part in known if part)])


def legend_of(statements: Sequence[Statement], words: Vocabulary) -> dict[str, list[dict[str, Any]]]:
    """The types, statuses and classes in use; statuses and classes with how many relations bear them.

    >>> from kg.vocabulary import load_vocabulary
    >>> legend_of([], load_vocabulary())
    {'types': [], 'statuses': [], 'classes': []}
    """
    types = {entity.type for entity in entities_of(statements)}
    classes = Counter(statement.relation.relation_class for statement in statements)
    statuses = Counter(statement.relation.status for statement in statements)
    return {
        "types": [
            _entry(words.types[t].label, words.types[t].colour, shape=_SHAPES[t])
            for t in EntityType
            if t in types
        ],
        "statuses": [
            _entry(words.statuses[s].label, None, key=s.value, count=statuses[s])
            for s in Status
            if statuses[s]
        ],
        "classes": [
            _entry(words.classes[name].label, words.classes[name].colour, key=name, count=count)
            for name, count in classes.most_common()
        ],
    }


def _entry(label: str, colour: str | None, **more: str | int) -> dict[str, Any]:
    return {"label": label, "colour": colour or _GREY, **more}


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
