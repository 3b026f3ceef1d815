"""From an article to its mentions, entities and relations: the components in order.

`load` gives a spaCy pipeline; `extract` runs it on an `Article`. spaCy users may call the pipeline on plain
text and read `doc._.relations`; the article's date, which dates and offices need, goes in through `extract`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import kg.actors.coreference
import kg.actors.entities
import kg.actors.mentions  # noqa: F401  (the imports register the factories)
from kg.errors import ModelError
from kg.language.foreign import load_foreign
from kg.language.pipeline import load as load_own
from kg.relations.coding import CodedEvent, code_events
from kg.relations.statements import Relations
from kg.types import Article, Extraction

COMPONENTS = ("kg_mentions", "kg_coreference", "kg_entities", "kg_relations")
_KEPT_WORDS = 30_000
"""Words that the vocabulary keeps: those of the first articles are mostly those of all others too, and to
make them anew for each batch takes longer than all else that the tokenizer does."""


def load(
    weights: Path | None = None,
    *,
    pipeline: str | None = None,
    ontology: Path | str | None = None,
    actors: Path | str | None = None,
    min_confidence: float | None = None,
    threads: int = 1,
) -> Language:
    """The whole extractor as a spaCy pipeline.

    Args:
        weights: Folder of a trained language model; None for the one in the package.
        pipeline: Another spaCy pipeline for English to take in place of the language model: the name of its
            package, such as `en_core_web_trf`, or its folder; None for the language model.
        ontology: A Turtle file with properties, classes and lexical forms of your own; None for none.
        actors: A file of actors of your own, Turtle or CSV, which win over the registry's; None for none.
        threads: Threads of the language model in this process; another pipeline has its own settings.
        min_confidence: Relations less sure than this are left out, 0–1; None for the threshold of the
            component `kg_relations`.

    Raises:
        VocabularyError: The file of actors or of the ontology cannot be read, or says what is not allowed.
        ModelError: The weights are missing, damaged or foreign; the pipeline cannot be loaded, is not for
            English, or lacks a parser or named entities; or both are given.

    >>> nlp = load()  # doctest: +SKIP
    >>> nlp("Angela Merkel met Emmanuel Macron.")._.relations[0].property  # doctest: +SKIP
    'meets'
    """
    if pipeline is not None and weights is not None:
        raise ModelError(f"Give either weights ({str(weights)!r}) or a pipeline ({pipeline!r}), not both.")
    nlp = load_own(weights, threads=threads) if pipeline is None else load_foreign(pipeline)
    own = {
        "kg_mentions": {"actors": str(actors) if actors else None},
        "kg_relations": {"ontology": str(ontology) if ontology else None},
    }
    for component in COMPONENTS:
        if component not in nlp.pipe_names:
            nlp.add_pipe(component, config=own.get(component, {}))
    relations = nlp.get_pipe("kg_relations")
    if min_confidence is not None and isinstance(relations, Relations):
        relations.threshold = min_confidence
    return nlp


def load_language(pipeline: str | None = None, threads: int = 1) -> Language:
    """The language part alone: tags, trees and entities, without actors and relations.

    Args:
        pipeline: A spaCy pipeline for English by its package's name or its folder; None for our own.
        threads: Threads of our own; another pipeline has its own settings.

    Raises:
        ModelError: As `load` does.

    >>> load_language().pipe_names  # doctest: +SKIP
    ['kg_layout', 'kg_annotator', 'kg_pairs']
    """
    return load_own(threads=threads) if pipeline is None else load_foreign(pipeline)


def extract(nlp: Language, article: Article) -> Extraction:
    """What one article says.

    >>> extract(nlp, article).relations  # doctest: +SKIP
    """
    return extraction_of(nlp(document(nlp, article)))


def extract_all(nlp: Language, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Extraction]:
    """What each article says, in their order; memory does not grow with their number.

    Articles are read by batches. Once the vocabulary is rich enough, each is read in a memory zone of spaCy:
    the words that only they hold are forgotten after it. The pipeline's own documents must not be kept from
    one batch to another.

    Args:
        nlp: What `load` gives.
        articles: Articles in English; they are taken as they are wanted.
        batch_size: How many are annotated at a time: more is faster, and takes more memory.

    >>> list(extract_all(load(), [Article(id="a", text="Ana Bell met Bo Cole.")]))  # doctest: +SKIP
    """
    waiting = iter(articles)
    while batch := list(islice(waiting, batch_size)):
        with _zone(nlp):
            found = [extraction_of(doc) for doc in nlp.pipe(document(nlp, article) for article in batch)]
        yield from found


@contextmanager
def _zone(nlp: Language) -> Iterator[None]:
    """A memory zone, but within another, since spaCy's cannot be nested; none while words are to be kept."""
    is_within = nlp.vocab.in_memory_zone  # type: ignore[attr-defined]  # spaCy's types do not know it
    if is_within or len(nlp.vocab.strings) < _KEPT_WORDS:
        yield
    else:
        with nlp.memory_zone():
            yield


def code_all(
    nlp: Language, articles: Iterable[Article], *, batch_size: int = 16
) -> Iterator[tuple[Article, list[CodedEvent]]]:
    """The PLOVER events of each article, in their order; see `kg.relations.coding`."""
    documents = (document(nlp, article) for article in articles)
    for doc in nlp.pipe(documents, batch_size=batch_size):
        yield doc._.article, code_events(doc)


def document(nlp: Language, article: Article) -> Doc:
    """An article's text as a document that knows its article."""
    doc = nlp.make_doc(article.text)
    doc._.article = article
    return doc


def extraction_of(doc: Doc) -> Extraction:
    """The records of an annotated document."""
    return Extraction(
        article=doc._.article,
        mentions=doc._.mentions,
        entities=doc._.entities,
        relations=doc._.relations,
    )
