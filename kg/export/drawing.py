"""What a drawing shows of relations, as data for the page: nodes, edges, articles, and how they look.

Texts stand in it as they are; it is for the page to show them as text.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from kg.export.layout import Positions, place_nodes
from kg.export.records import Statement, entities_of
from kg.store.search.folding import spellings
from kg.types import Article, Entity, EntityType, Status
from kg.vocabulary import Vocabulary

_GREY = "#888888"
_SHAPES: Mapping[EntityType, str] = MappingProxyType(
    {
        EntityType.PERSON: "dot",
        EntityType.COUNTRY: "square",
        EntityType.ORGANIZATION: "diamond",
        EntityType.PLACE: "triangle",
        EntityType.GROUP: "hexagon",
        EntityType.EVENT: "star",
        EntityType.THING: "triangleDown",
    }
)
_DASHES: Mapping[Status, tuple[int, ...]] = MappingProxyType(
    {
        Status.ASSERTED: (),
        Status.PLANNED: (9, 5),
        Status.POSSIBLE: (2, 4),
        Status.NEGATED: (),
        Status.REQUESTED: (10, 4, 2, 4),
    }
)
"""Pixels that are drawn and left out in turn. What is negated is crossed out instead."""
_PREFIXES: Mapping[Status, str] = MappingProxyType(
    {
        Status.ASSERTED: "",
        Status.PLANNED: "planned: ",
        Status.POSSIBLE: "possibly: ",
        Status.NEGATED: "not: ",
        Status.REQUESTED: "asked: ",
    }
)
_LONGEST_NAME, _LINE = 44, 22
"""Characters of a name beside its node, and from how many on it takes two lines."""
_LETTER, _LINE_HEIGHT, _MARGIN = 7.2, 17.0, 8.0
"""Pixels: the width of a letter, the height of a line, and what is left free around a node with its name."""


def nodes_of(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """A node for each entity, placed, by name. Its group is the entity's type.

    >>> nodes_of([])
    []
    """
    entities = entities_of(statements)
    numbers = {entity.id: number for number, entity in enumerate(entities)}
    ends = [(numbers[s.relation.subject.id], numbers[s.relation.object.id]) for s in statements]
    degrees = Counter(number for pair in ends for number in set(pair))
    sizes = [round(7 + 2.6 * min(degrees[number], 60) ** 0.5, 1) for number in range(len(entities))]
    labels = [_label(entity.name) for entity in entities]
    places = place_nodes(len(entities), ends, _boxes(labels, sizes))
    return [
        {
            "id": entity.id,
            "label": labels[number],
            "name": entity.name,
            "group": entity.type.value,
            "aliases": [alias for alias in entity.aliases if alias != entity.name],
            "spellings": _spellings(entity),
            "country": entity.country,
            "wikidata": entity.wikidata,
            "relations": degrees[number],
            "size": sizes[number],
            "x": float(places[number][0]),
            "y": float(places[number][1]),
        }
        for number, entity in enumerate(entities)
    ]


def _spellings(entity: Entity) -> list[str]:
    """What finds an entity: its names as plain words, each once."""
    names = (entity.name, *entity.aliases)
    return sorted({" ".join(words) for name in names for words in spellings(name)})


def _label(name: str) -> str:
    r"""A name as it stands beside its node: on two lines where it is long, and cut where it is too long.

    >>> _label("North Atlantic Treaty Organization")
    'North Atlantic\nTreaty Organization'
    """
    short = _shorten(" ".join(name.split()), _LONGEST_NAME)
    if len(short) <= _LINE:
        return short
    breaks = [number for number, letter in enumerate(short) if letter == " "]
    middle = min(breaks, key=lambda number: abs(2 * number - len(short)), default=0)
    return f"{short[:middle]}\n{short[middle + 1 :]}" if middle else short


def _boxes(labels: Sequence[str], sizes: Sequence[float]) -> Positions:
    """Width and height of nodes with their names beneath."""
    boxes = np.zeros((len(labels), 2))
    for number, (label, size) in enumerate(zip(labels, sizes, strict=True)):
        lines = label.split("\n")
        # The name stands beneath, and the box is about the node.
        beneath = size + len(lines) * _LINE_HEIGHT
        boxes[number] = max(2 * size, *map(_width, lines)) + 2 * _MARGIN, size + beneath + _MARGIN
    return boxes


def _width(line: str) -> float:
    """Pixels that a line is wide, by what is known without a font.

    >>> _width("Oslo") < _width("東京都庁")
    True
    """
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
    return (len(line) + wide) * _LETTER


def edges_of(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """An edge for all relations of the same ends, class and status, with the evidence of each.

    Symmetric relations are of the same ends whichever way round. Of parallel edges each has a `slot` of its
    own: 0 for the straight one, more for those further to the right of its way, less for those to the left.
    The evidence names its article by its number in `articles_of`.

    >>> edges_of([])
    []
    """
    numbers = {article.id: number for number, article in enumerate(_articles(statements))}
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[_key(statement)].append(statement)
    between: Counter[tuple[str, ...]] = Counter()
    edges = []
    for key, group in groups.items():
        pair = tuple(sorted(key[:2]))
        turned = -1 if key[:2] != pair else 1
        edges.append({**_edge(group, key, numbers), "slot": turned * _slot(between[pair])})
        between[pair] += 1
    return edges


def _key(statement: Statement) -> tuple[str, ...]:
    relation = statement.relation
    ends = (relation.subject.id, relation.object.id)
    return (*(sorted(ends) if relation.symmetric else ends), relation.relation_class, relation.status)


def _slot(number: int) -> int:
    """Gives 0, 1, -1, 2, -2, and so on.

    >>> [_slot(number) for number in range(5)]
    [0, 1, -1, 2, -2]
    """
    return (number + 1) // 2 * (1 if number % 2 else -1)


def _edge(group: Sequence[Statement], key: Sequence[str], numbers: Mapping[str, int]) -> dict[str, Any]:
    relation = group[0].relation
    predicates = list(dict.fromkeys(statement.relation.predicate for statement in group))
    more = f" +{len(predicates) - 1}" if len(predicates) > 1 else ""
    return {
        "from": key[0],
        "to": key[1],
        "label": _shorten(_PREFIXES[relation.status] + relation.predicate, 32) + more,
        "predicates": predicates,
        "class": relation.relation_class,
        "status": relation.status.value,
        "directed": not all(statement.relation.symmetric for statement in group),
        "evidence": [_evidence(statement, key[0], numbers[statement.article.id]) for statement in group],
    }


def _evidence(statement: Statement, start: str, article: int) -> dict[str, Any]:
    """What one relation says; with `turned` where it runs against its edge. What is not known is left out."""
    relation = statement.relation
    known = {
        "time": relation.time,
        "place": relation.place.name if relation.place else None,
        "by": relation.attribution.name if relation.attribution else None,
        "turned": relation.subject.id != start or None,
    }
    return {
        "article": article,
        "text": relation.evidence.text,
        "predicate": relation.predicate,
        "confidence": round(relation.confidence, 2),
        **{name: value for name, value in known.items() if value},
    }


def articles_of(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """The articles that state something, by id; their addresses only where they are of the web.

    >>> articles_of([])
    []
    """
    return [
        {
            "title": article.title or article.id,
            "source": article.source,
            "date": article.published,
            "url": article.url if (article.url or "").startswith(("https://", "http://")) else None,
        }
        for article in _articles(statements)
    ]


def _articles(statements: Sequence[Statement]) -> list[Article]:
    found = {statement.article.id: statement.article for statement in statements}
    return [found[id_] for id_ in sorted(found)]


def legend_of(statements: Sequence[Statement], words: Vocabulary) -> dict[str, list[dict[str, Any]]]:
    """The types, statuses and classes in use: how they are called and drawn, and how many there are of each.

    >>> from kg.vocabulary import load_vocabulary
    >>> legend_of([], load_vocabulary())
    {'types': [], 'statuses': [], 'classes': []}
    """
    types = Counter(entity.type for entity in entities_of(statements))
    statuses = Counter(statement.relation.status for statement in statements)
    classes = Counter(statement.relation.relation_class for statement in statements)
    return {
        "types": [
            {**_entry(t.value, words.types[t].label, words.types[t].colour, types[t]), "shape": _SHAPES[t]}
            for t in EntityType
            if types[t]
        ],
        "statuses": [
            {**_entry(s.value, words.statuses[s].label, None, statuses[s]), "dashes": _DASHES[s]}
            for s in Status
            if statuses[s]
        ],
        "classes": [
            _entry(name, words.classes[name].label, words.classes[name].colour, count)
            for name, count in sorted(classes.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


def _entry(key: str, label: str, colour: str | None, count: int) -> dict[str, Any]:
    return {"key": key, "label": label, "colour": colour or _GREY, "count": count}


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
