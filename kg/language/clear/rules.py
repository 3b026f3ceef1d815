"""The rules of `kg_clear`: each gives trees of spaCy's scheme (CLEAR) a trait of Universal Dependencies.

They run one after the other, for all tokens of a document. What they leave behind is a tree whatever they are
given, since parsers err; how GUM and EWT (2.16) write a construction decides what is right. CLEAR is that of
ClearNLP's conversion (Choi and Palmer 2012); see also https://universaldependencies.org/u/overview/syntax.html.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.language.clear.clauses import attach_conjunctions, flatten_conjuncts, mark_infinitives, raise_subjects
from kg.language.clear.copulas import demote_copulas
from kg.language.clear.multiwords import coordinate_alternatives, fix_words, free_clauses
from kg.language.clear.names import name_persons, place_in_places
from kg.language.clear.numbers import lead_with_currency, lead_with_days, name_numbers
from kg.language.clear.prepositions import invert_prepositions, join_prepositions, part_prepositions
from kg.language.clear.trees import Tree
from kg.language.clear.words import label_plainly, label_remains, tag_passives, tag_words

RULES: tuple[Callable[[Tree], None], ...] = (
    label_plainly,
    lead_with_currency,
    name_persons,
    mark_infinitives,
    part_prepositions,
    join_prepositions,
    invert_prepositions,
    free_clauses,
    coordinate_alternatives,
    demote_copulas,
    raise_subjects,
    attach_conjunctions,
    flatten_conjuncts,
    place_in_places,
    lead_with_days,
    name_numbers,
    label_remains,
    fix_words,
    tag_words,
    tag_passives,
)
"""In the order in which they run: later rules read what earlier ones wrote."""
