"""Rules of `kg_clear` for numbers: amounts of money, dates, and what is counted through, such as `Article 5`.

In CLEAR a number bears its currency, and a month its day. In the treebanks we follow (GUM, EWT) the currency
and the day are heads, and a number that counts nothing is no `nummod`.
"""

from __future__ import annotations

import re

from kg.language.clear.tables import LEXICON
from kg.language.clear.trees import Tree
from kg.language.wordsets import word_set

_NOUNS = frozenset({"NOUN", "PROPN"})
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?")
_YEAR = re.compile(r"[12]\d{3}")
_DATED = frozenset({"DATE", "EVENT"})
"""Types of entities that may have their year in them: `fall 2019`, `World Cup 2014`."""


def lead_with_currency(tree: Tree) -> None:
    """`$ 5 million`: the currency is the head; beside a noun, `a $ 5 million deal`, it is a `compound`."""
    for i, number in enumerate(tree.heads):
        if _is_currency(tree, i) and tree.labels[i] != "conj" and _begins_number(tree, i, number):
            _lead(tree, i, number)


def _lead(tree: Tree, currency: int, number: int) -> None:
    is_counting = tree.labels[number] == "nummod"
    tree.promote(currency, over=number)
    for child in tree.children(number):
        if not currency < child < number:
            tree.move(child, currency)
    tree.labels[number] = "nummod"
    if is_counting:
        tree.labels[currency] = "compound"


def _is_currency(tree: Tree, i: int) -> bool:
    return tree.tokens[i].tag_ == "$" or tree.word(i) in word_set(LEXICON, "currencies")


def _begins_number(tree: Tree, first: int, last: int) -> bool:
    """Whether there are numbers alone behind a token up to another, such as `5 million`."""
    return first < last and all(tree.pos[i] == "NUM" for i in range(first + 1, last + 1))


def lead_with_days(tree: Tree) -> None:
    """`March 5, 2021`, `5 March 2021`: the day is the head, month and year hang on it.

    The month is `nmod:unmarked` as in 336 of the treebanks' dates; in 93, all GUM's, it is `compound`.
    The comma hangs on the year in 99, on the day in 56, all EWT's.
    """
    for month in range(len(tree.heads)):
        day = _day(tree, month) if _is_month(tree, month) else None
        if day is not None:
            if tree.heads[day] == month:
                tree.promote(day, over=month)
            for child in tree.children(month):
                tree.move(child, day)
            tree.labels[month] = "nmod:unmarked"
            _hang_year(tree, day, behind=max(month, day))


def _is_month(tree: Tree, i: int) -> bool:
    return tree.pos[i] in _NOUNS and tree.word(i) in word_set(LEXICON, "months")


def _day(tree: Tree, month: int) -> int | None:
    """The number beside a month that is a day of it; the one behind it is asked first."""
    beside = (i for i in (month + 1, month - 1) if 0 <= i < len(tree.heads))
    return next((i for i in beside if _DAY.fullmatch(tree.word(i)) and _are_date(tree, month, i)), None)


def _are_date(tree: Tree, month: int, day: int) -> bool:
    is_below = tree.heads[day] == month and tree.labels[day] in {"amod", "nummod"}
    return is_below or (tree.heads[month] == day and tree.labels[month] in {"compound", "nmod:unmarked"})


def _hang_year(tree: Tree, day: int, *, behind: int) -> None:
    years = [i for i in tree.children(day, ("nummod",)) if i > behind and _YEAR.fullmatch(tree.word(i))]
    for year in years[:1]:
        tree.labels[year] = "nmod:unmarked"
        for comma in tree.children(day, ("punct",)):
            if behind < comma < year:
                tree.move(comma, year)


def name_numbers(tree: Tree) -> None:
    """`Article 5`, `March 2021`: a number behind its noun counts nothing; years are `nmod:unmarked`."""
    for i, head in enumerate(tree.heads):
        is_behind = tree.labels[i] == "nummod" and head < i and tree.pos[head] in _NOUNS
        if is_behind and not _is_currency(tree, head):
            tree.labels[i] = "nmod:unmarked" if _is_year_of(tree, i, head) else "flat"


def _is_year_of(tree: Tree, number: int, noun: int) -> bool:
    if _is_month(tree, noun):
        return True
    ents = [ent for ent in tree.tokens[0].doc.ents if ent.start <= noun < number < ent.end]
    return bool(_YEAR.fullmatch(tree.word(number))) and any(ent.label_ in _DATED for ent in ents)
