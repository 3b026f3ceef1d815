"""Form and tag → lemma: a lexicon first, and the network's edit script for what it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

KEEP = "keep"
_WHOLE = "="


def make_edit(form: str, lemma: str) -> str:
    """The shortest script that makes `lemma` of `form`.

    `keep` keeps the form as written; `l2+y` takes two letters off the form in lower case and adds a
    `y`, `c2+y` does so on the form as written; `=be` is the lemma itself.

    >>> make_edit("Parties", "party"), make_edit("Riga", "Riga"), make_edit("was", "be")
    ('l3+y', 'keep', '=be')
    """
    if lemma == form and form != form.lower():
        return KEEP
    mode, base = ("l", form.lower()) if lemma == lemma.lower() else ("c", form)
    shared = _shared_length(base, lemma)
    return f"{mode}{len(base) - shared}+{lemma[shared:]}" if shared else _WHOLE + lemma


def apply_edit(form: str, edit: str) -> str:
    """The lemma that the script makes of the form; the form itself where it leaves nothing.

    >>> apply_edit("Countries", "l3+y"), apply_edit("Riga", "keep"), apply_edit("Were", "=be")
    ('country', 'Riga', 'be')
    """
    if edit == KEEP:
        return form
    if edit.startswith(_WHOLE):
        return edit[1:]
    cut, added = edit[1:].split("+", 1)
    base = form if edit[0] == "c" else form.lower()
    return base[: len(base) - int(cut)] + added or form


def _shared_length(a: str, b: str) -> int:
    for place, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return place
    return min(len(a), len(b))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lemmatizer:
    """Lemmas by tag and form, with the edit script behind them.

    >>> lexicon = {"VERB": {"planned": "plan"}}
    >>> lemmatizer = Lemmatizer(edits=("l2+",), seen={}, lexicon=lexicon)
    >>> lemmatizer.lemma("Planned", "VERB|VBD", 0), lemmatizer.lemma("zoomed", "VERB|VBD", 0)
    ('plan', 'zoom')
    """

    edits: Sequence[str]
    seen: Mapping[str, Mapping[str, str]]
    """UPOS|XPOS → form as written → lemma, from the treebanks: their own practice wins."""
    lexicon: Mapping[str, Mapping[str, str]]
    """UPOS → form in lower case → lemma, from a lexicon of English."""
    _empty: Mapping[str, str] = field(default_factory=dict)

    def lemma(self, form: str, tag: str, edit: int) -> str:
        """The lemma of a form with the tag `UPOS|XPOS|…` and the number of its edit script."""
        upos, _, rest = tag.partition("|")
        xpos = rest.partition("|")[0]
        seen = self.seen.get(f"{upos}|{xpos}", self._empty)
        if upos == "ADJ" and form[:1].isupper():
            known = seen.get(form.lower()) or self._known(upos, form)
            if known is not None:
                # "Prime" keeps its capital in a name only, which the network sees and a table does not.
                return _capitalise(known) if _keeps_case(self.edits[edit]) else known
        if form in seen:
            return seen[form]
        if xpos == "NNPS":
            known = self._known("NOUN", form)
            return apply_edit(form, self.edits[edit]) if known is None else _capitalise(known)
        known = self._known(upos, form)
        return known if known is not None else apply_edit(form, self.edits[edit])

    def _known(self, upos: str, form: str) -> str | None:
        return self.lexicon.get(upos, self._empty).get(form.lower())


def _capitalise(lemma: str) -> str:
    return lemma[:1].upper() + lemma[1:]


def _keeps_case(edit: str) -> bool:
    return edit == KEEP or edit.startswith("c")
