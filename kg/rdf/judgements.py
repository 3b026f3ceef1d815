"""Judgements in RDF: who is one with whom, why, and who says so; in a graph of their own.

They are kept beside the articles, whose graphs never change by them: what follows from a `same` stands in the
default graph alone (`kg.store.merging`), so that to withdraw a judgement is to take it out and derive anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import JudgementError
from kg.rdf.entities import entity_node
from kg.rdf.graphs import graph_node
from kg.rdf.iris import Kind, NamedGraph, entity_id, mint
from kg.rdf.quads import Said, describe, index_quads, value
from kg.types import Judgement, Verdict
from kg.vocabulary import BASE, KG, RDF

USER = "user"


def make_judgement(one: str, other: str, verdict: Verdict, reason: str, *, judge: str = USER) -> Judgement:
    """A judgement with its ids in order.

    >>> make_judgement("B", "A", Verdict.SAME, "one person").one
    'A'
    """
    first, second = sorted((one, other))
    return Judgement(one=first, other=second, verdict=verdict, reason=reason, judge=judge)


def judgement_quads(judgement: Judgement, base: str = BASE) -> Iterator[ox.Quad]:
    """What the graph of judgements says of one."""
    content = (judgement.one, judgement.other, judgement.judge)
    said: list[Said] = [
        (RDF.type, KG.Judgement),
        (KG.one, entity_node(judgement.one, base)),
        (KG.other, entity_node(judgement.other, base)),
        (KG.verdict, ox.Literal(judgement.verdict.value)),
        (KG.reason, ox.Literal(judgement.reason)),
        (KG.judge, ox.Literal(judgement.judge)),
    ]
    node = ox.NamedNode(mint(Kind.JUDGEMENT, content, base=base))
    return describe(node, said, graph_node(NamedGraph.JUDGEMENTS, base))


def read_judgements(quads: Iterable[ox.Quad]) -> list[Judgement]:
    """The judgements that quads hold, by their ids and judge.

    Raises:
        JudgementError: One lacks an end, or has no verdict that there is.
    """
    found = []
    for iri, said in sorted(index_quads(quads).items()):
        if value(said, RDF.type) == KG.Judgement.value:
            one, other, verdict = value(said, KG.one), value(said, KG.other), value(said, KG.verdict)
            if one is None or other is None or verdict not in set(Verdict):
                raise JudgementError(
                    f"The judgement {iri!r} lacks kg:one, kg:other, or a kg:verdict that is one of "
                    f"{', '.join(Verdict)}; give all three."
                )
            reason, judge = value(said, KG.reason) or "", value(said, KG.judge) or USER
            ends = entity_id(one), entity_id(other)
            found.append(make_judgement(*ends, Verdict(verdict), reason, judge=judge))
    return sorted(found, key=lambda judgement: (judgement.one, judgement.other, judgement.judge))
