"""Another spaCy pipeline for English in place of ours: loaded, judged, and completed with what we add.

`kg_layout` comes before its components, `kg_clear` and `kg_pairs` after them. A pipeline of our own that was
saved, known by its `kg_annotator`, has all this and stays as it is. What a pipeline lacks is seen
in what its components declare, before a text is read; what becomes of its annotations is the question of
`kg.language.clear`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import cast

import spacy
from spacy.language import Language

import kg.language.pipeline  # noqa: F401  # importing registers the factories and our tokenizer
from kg.errors import ModelError
from kg.language.annotator import Annotator
from kg.language.clear import AUTOMATIC, scheme_of
from kg.language.ontonotes import entity_types, foreign_types

_LOG = logging.getLogger(__name__)
_PARTS = {
    "a tagger (token.tag)": "token.tag",
    "parts of speech (token.pos)": "token.pos",
    "morphological features (token.morph)": "token.morph",
    "a lemmatizer (token.lemma)": "token.lemma",
    "a parser (token.dep)": "token.dep",
    "named entities (doc.ents)": "doc.ents",
    "sentence ends (token.is_sent_start)": "token.is_sent_start",
    "vectors of words in their context (doc.tensor)": "doc.tensor",
}
"""What we use of a pipeline, by what a component declares that sets it."""
_VITAL = ("token.dep", "doc.ents")
"""Without these nothing can be extracted."""
_UNDECLARED = {"attribute_ruler": ("token.pos", "token.morph")}
"""What components of spaCy set without declaring it."""

_LATER = ("kg_mentions", "kg_coreference", "kg_entities", "kg_relations")
"""Components of extraction, in a pipeline that was saved with them; `kg.extraction` registers them."""
_FAILURES = (OSError, ImportError, ValueError, AttributeError, EOFError, KeyError, RuntimeError, TypeError)
"""What spaCy raises where there is no pipeline (the first three), or one of its files is damaged."""

_SHOWN = 8
"""Labels that an error names; a parser has about fifty."""


def load_foreign(name_or_path: str) -> Language:
    """A spaCy pipeline by the name of its package or its folder, ready for the components of extraction.

    What it lacks, but extraction can do without, is logged as one warning. Components of extraction that were
    saved with it are left out unless `kg.extraction` is imported, which adds what is missing.

    Raises:
        ModelError: If it cannot be loaded, is not English, has no parser or no named entities, or has labels
            that are not known here.

    >>> load_foreign("en_core_web_trf")  # doctest: +SKIP
    """
    nlp = _load(name_or_path)
    if nlp.lang != "en":
        raise ModelError(
            f"The spaCy pipeline {name_or_path!r} is for the language {nlp.lang!r}; take one for English."
        )
    assigned = _assigned(nlp)
    _refuse_incomplete(name_or_path, assigned)
    scheme = _scheme(name_or_path, _labels(nlp, "token.dep"))
    unknown = _unknown_types(name_or_path, _labels(nlp, "doc.ents"))
    _warn(name_or_path, [part for part, name in _PARTS.items() if name not in assigned], unknown)
    return _complete(nlp, scheme)


def pipeline_version(nlp: Language) -> str:
    """The name and version of a pipeline, `en_core_web_trf 3.8.0`; of one of ours, those of its weights.

    Raises:
        ModelError: If the weights of ours are missing or damaged.

    >>> pipeline_version(spacy.blank("en"))
    'en_pipeline 0.0.0'
    """
    if _is_ours(nlp):
        return cast("Annotator", nlp.get_pipe("kg_annotator")).version
    return f"{nlp.meta['lang']}_{nlp.meta['name'] or 'unnamed'} {nlp.meta['version']}"


def _is_ours(nlp: Language) -> bool:
    return "kg_annotator" in nlp.component_names


def _complete(nlp: Language, scheme: str) -> Language:
    """Adds what a pipeline has not, before the components of extraction; ours has all."""
    if _is_ours(nlp):
        return nlp
    if "kg_layout" not in nlp.component_names:
        nlp.add_pipe("kg_layout", first=True)
    if "kg_clear" not in nlp.component_names:
        nlp.add_pipe("kg_clear", before=_first_of(nlp, ("kg_pairs", *_LATER)), config={"scheme": scheme})
    if "kg_pairs" not in nlp.component_names:
        nlp.add_pipe("kg_pairs", before=_first_of(nlp, _LATER))
    return nlp


def _first_of(nlp: Language, names: Iterable[str]) -> str | None:
    """The first component that has one of some names; None where there is none, so that one is added last."""
    wanted = set(names)
    return next((name for name in nlp.component_names if name in wanted), None)


def _load(name_or_path: str) -> Language:
    unknown = [name for name in _LATER if not Language.has_factory(name)]
    try:
        return spacy.load(name_or_path, exclude=unknown)
    except _FAILURES as error:
        reason = " ".join(str(error).split())
        raise ModelError(
            f"The spaCy pipeline {name_or_path!r} cannot be loaded ({reason}); install its package, for "
            "instance with `python -m spacy download en_core_web_sm`, or give the folder of a saved pipeline."
        ) from error


def _assigned(nlp: Language) -> set[str]:
    """All that the pipeline's components set."""
    return {name for component in nlp.pipe_names for name in _assigned_by(nlp, component)}


def _assigned_by(nlp: Language, component: str) -> tuple[str, ...]:
    meta = nlp.get_pipe_meta(component)
    return (*meta.assigns, *_UNDECLARED.get(meta.factory, ()))


def _labels(nlp: Language, name: str) -> set[str]:
    """The labels that components may give which set something; empty where they do not tell."""
    components = [part for part in nlp.pipe_names if name in _assigned_by(nlp, part)]
    return {label for part in components for label in getattr(nlp.get_pipe(part), "labels", ())}


def _refuse_incomplete(name_or_path: str, assigned: Iterable[str]) -> None:
    missing = [part for part, name in _PARTS.items() if name in _VITAL and name not in assigned]
    if missing:
        raise ModelError(
            f"The spaCy pipeline {name_or_path!r} lacks {' and '.join(missing)}, so that nothing could be "
            "extracted; take one that has both, such as en_core_web_sm."
        )


def _scheme(name_or_path: str, labels: set[str]) -> str:
    """The scheme of the parser's labels; where it does not tell them, each document will."""
    scheme = scheme_of(labels)
    if scheme is None and labels:
        shown = ", ".join(sorted(labels)[:_SHOWN])
        raise ModelError(
            f"The parser of the spaCy pipeline {name_or_path!r} has labels ({shown}, …) neither of spaCy's "
            "English scheme (CLEAR) nor of Universal Dependencies 2; take a pipeline with one of these."
        )
    return AUTOMATIC if scheme is None else str(scheme)


def _unknown_types(name_or_path: str, labels: set[str]) -> list[str]:
    """Entity types that will be left out since they are not known here."""
    known = [label for label in labels if entity_types().get(label)]
    if labels and not known:
        raise ModelError(
            f"None of the entity types of the spaCy pipeline {name_or_path!r} is known "
            f"({', '.join(sorted(labels))}); take a pipeline with types such as PERSON, ORG and GPE."
        )
    return foreign_types(labels)


def _warn(name_or_path: str, lacking: list[str], unknown: list[str]) -> None:
    said = []
    if lacking:
        said.append(f"lacks {', '.join(lacking)}")
    if unknown:
        said.append(f"has entity types that are not known here and left out: {', '.join(unknown)}")
    if said:
        _LOG.warning("The spaCy pipeline %r %s.", name_or_path, "; it ".join(said))
