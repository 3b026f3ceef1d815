"""Forms: which lexical form of the ontology gave a relation its property or class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.explanation.records import Form
from kg.language.wordsets import table_rows
from kg.relations.classification import Lexicon, Meaning
from kg.relations.drafts import Draft
from kg.vocabulary import Vocabulary, load_vocabulary


def form_of(draft: Draft, lexicon: Lexicon, vocabulary: Vocabulary | None = None) -> Form:
    """The form that a draft's words match, with the entry of the ontology that has it.

    Args:
        draft: What a rule drafted.
        lexicon: The forms that the rules look up.
        vocabulary: Where labels and definitions come from; None for the package's.
    """
    known = vocabulary or load_vocabulary()
    name = draft.meaning.property or draft.meaning.relation_class
    entry = known.properties.get(name) or known.classes.get(name)
    forms = matching(lexicon.verbs, draft) + matching(lexicon.nouns, draft)
    words = max(forms, key=lambda form: (form == draft.words, len(form), form), default="")
    return Form(
        words=words,
        entry=f"kg:{name}" if draft.meaning.property else name,
        label=entry.label if entry else name,
        definition=entry.definition if entry else "",
    )


def matching(forms: Mapping[str, tuple[Meaning, ...]], draft: Draft) -> list[str]:
    """The forms that mean what a draft means and that its words contain, or begin."""
    return [
        form
        for form, meanings in forms.items()
        if is_near(form, draft.words) and means(meanings, draft.meaning)
    ]


def is_near(form: str, words: str) -> bool:
    """Whether a form is a run of some words, or adds a preposition to them."""
    return f" {form} " in f" {words} " or form.startswith(f"{words} ")


def means(meanings: Iterable[Meaning], meaning: Meaning) -> bool:
    """Whether one of some meanings has the same property and class."""
    wanted = (meaning.relation_class, meaning.property)
    return any((found.relation_class, found.property) == wanted for found in meanings)


def rule_meaning(rule: str) -> str:
    """What the name of a construction stands for; empty for one that the table lacks.

    >>> rule_meaning("post of")
    'a title says of whom or what it is'
    """
    rows = {row[0]: row[1] for row in table_rows("kg.explanation", "rules.tsv")}
    return rows.get(rule) or rows.get(rule.partition(" ")[0], "")
