"""`kg_annotator`: tags, lemmas, dependency trees, sentences, entities and vectors, from the network.

Dependencies follow Universal Dependencies 2.16; the root of a sentence bears spaCy's `ROOT`. Sentence
starts that are set before are respected. White space is no word for the network: it hangs on the word
before it as `dep`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import weights
from kg.language.batches import LONGEST_WINDOW, group_by_length, pack
from kg.language.decoding import EntityDecoder, Integers
from kg.language.labels import Labels
from kg.language.network import Network, RelationHead
from kg.language.parses import Parse, ParseDecoder
from kg.language.pieces import WordPieces
from kg.language.windows import Window, cut_windows

_ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "POS", "TAG", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]
# Forms kept in memory with their lemmas; news in English has far fewer in one run.
_CACHE_LIMIT = 200_000
_OUTSIDE, _BEGIN, _INSIDE = 2, 3, 1
Hashes = NDArray[np.uint64]

_ASSIGNS = [
    "token.pos",
    "token.tag",
    "token.morph",
    "token.lemma",
    "token.dep",
    "token.head",
    "token.is_sent_start",
    "doc.sents",
    "doc.ents",
    "token.ent_iob",
    "token.ent_type",
    "doc.tensor",
]


@Language.factory(
    "kg_annotator",
    assigns=_ASSIGNS,
    default_config={"threads": 1, "window": 160, "batch": 200, "vectors": True},
    default_score_weights={"dep_las": 0.5, "ents_f": 0.5},
)
def make_annotator(
    nlp: Language, name: str, *, threads: int, window: int, batch: int, vectors: bool
) -> Annotator:
    """The component; `pipeline.cfg` explains the settings."""
    return Annotator(nlp, threads=threads, window=window, batch=batch, vectors=vectors)


class Annotator:
    """Runs the network over documents and writes what it says into them."""

    def __init__(
        self, nlp: Language, *, threads: int = 1, window: int = 160, batch: int = 200, vectors: bool = True
    ) -> None:
        self._vocab = nlp.vocab
        self._threads = threads
        self._window = min(window, LONGEST_WINDOW)
        self._batch = batch
        self._vectors = vectors
        self._files: dict[str, bytes] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotates one document."""
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Annotates documents: windows of like length of one go through the network together."""
        documents = iter(stream)
        while docs := list(islice(documents, batch_size)):
            self.set_annotations(docs, self.predict(docs))
            yield from docs

    def predict(self, docs: Sequence[Doc]) -> list[list[tuple[Window, Parse]]]:
        """The windows of each document with their parses, in the order of the text.

        Windows of several documents never share a batch: the network's int8 ranges are those of a batch, so
        that a document would be read otherwise in other company.
        """
        self._load()
        return [self._predict_one(doc) for doc in docs]

    def _predict_one(self, doc: Doc) -> list[tuple[Window, Parse]]:
        windows = list(cut_windows(doc, self._pieces, self._window))
        found: list[tuple[Window, Parse]] = []
        for group in group_by_length([window.length for window in windows], self._batch):
            scores = self._network.run(pack([windows[i].words for i in group], self._pieces))
            for row, i in enumerate(group):
                window = windows[i]
                parse = self._decoder.decode(scores, row, len(window.words), window.starts)
                found.append((window, parse))
        return sorted(found, key=lambda pair: int(pair[0].tokens[0]))

    def set_annotations(self, docs: Sequence[Doc], parses: Sequence[Sequence[tuple[Window, Parse]]]) -> None:
        """Writes the parses into the documents."""
        for doc, found in zip(docs, parses, strict=True):
            if len(doc):
                columns = _Columns(doc)
                for window, parse in found:
                    self._fill(columns, doc, window, parse)
                columns.write(doc)

    def _fill(self, columns: _Columns, doc: Doc, window: Window, parse: Parse) -> None:
        tokens = window.tokens
        heads = np.where(parse.heads > 0, tokens[parse.heads - 1], tokens)
        columns.heads[tokens] = heads - tokens
        columns.values[tokens, 1] = np.where(parse.heads > 0, self._relations[parse.relations], self._root)
        columns.values[tokens, 2:5] = self._tags[parse.tags]
        columns.values[tokens, 5] = self._lemma_column(doc, window, parse)
        columns.values[tokens, 6:8] = self._entities[self._names(parse)]
        if self._vectors:
            columns.tensor(parse.vectors.shape[1])[tokens] = parse.vectors

    def _names(self, parse: Parse) -> Integers:
        """The entity labels without single words that are no proper nouns, such as "British"."""
        inner = np.append(self._inner[parse.entities[1:]], False)
        is_single = (parse.entities > 0) & ~self._inner[parse.entities] & ~inner
        return np.where(is_single & ~self._proper[parse.tags], 0, parse.entities)

    def _lemma_column(self, doc: Doc, window: Window, parse: Parse) -> list[int]:
        lemmas: list[int] = []
        keys = zip(window.tokens.tolist(), parse.tags.tolist(), parse.edits.tolist(), strict=True)
        for i, tag, edit in keys:
            form = doc[i].text
            key = form, tag, edit
            lemma = self._lemma_cache.get(key)
            if lemma is None:
                if len(self._lemma_cache) >= _CACHE_LIMIT:
                    self._lemma_cache.clear()
                lemma = self._lemma_cache[key] = self._lemmatizer.lemma(form, self._labels.tags[tag], edit)
            # Added each time: what was added in a memory zone is gone after it.
            lemmas.append(self._vocab.strings.add(lemma))
        return lemmas

    def _load(self) -> None:
        if not self._files:
            self.from_disk(weights.SHIPPED)

    def _use(self, files: dict[str, bytes]) -> None:
        self._labels = labels = weights.parse_labels(files[weights.LABELS])
        self._pieces = WordPieces(files[weights.PIECES].decode().split("\n"))
        self._lemmatizer = weights.parse_lemmas(files[weights.LEMMAS], labels)
        self._lemma_cache: dict[tuple[str, int, int], str] = {}
        self._network = Network(files[weights.NETWORK], self._threads)
        head = RelationHead(files[weights.RELATIONS], self._threads)
        for part in (self._network, head):
            part.session.check()
        self._decoder = ParseDecoder(head.choose, EntityDecoder(labels.entities))
        self._intern(labels)
        self._files = files

    def _intern(self, labels: Labels) -> None:
        """The hashes of all labels, in the order of the network's columns."""
        # Labels stay when a memory zone ends; spaCy's types do not know the argument.
        add = partial(self._vocab.strings.add, allow_transient=False)  # type: ignore[call-arg]
        self._root = np.uint64(add("ROOT"))
        self._relations = np.array([add("ROOT" if r == "root" else r) for r in labels.relations], np.uint64)
        tags = [tag.split("|", 2) for tag in labels.tags]
        rows = [(add(t[0]), add(t[1]), self._vocab.morphology.add("|".join(t[2:]))) for t in tags]
        self._tags = np.array(rows, np.uint64)
        self._proper = np.array([tag[0] == "PROPN" for tag in tags])
        self._inner = np.array([entity.startswith("I-") for entity in labels.entities])
        places = {"O": _OUTSIDE, "B": _BEGIN, "I": _INSIDE}
        pairs = [(places[e[0]], add(e[2:]) if len(e) > 1 else 0) for e in labels.entities]
        self._entities = np.array(pairs, np.uint64)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The weights as bytes, for `nlp.to_bytes` and for other processes."""
        self._load()
        return weights.join_files(self._files)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Annotator:
        """Takes the weights that `to_bytes` gave.

        Raises:
            ModelError: If they are damaged.
        """
        self._use(weights.split_files(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes the weights into a folder."""
        self._load()
        weights.write_weights(Path(path), self._files)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Annotator:
        """Takes the weights of a folder.

        Raises:
            ModelError: If a file is missing or is not what its card says.
        """
        self._use(weights.read_weights(Path(path)))
        return self


class _Columns:
    """The attributes of one document's tokens before they are written: white space is filled in."""

    def __init__(self, doc: Doc) -> None:
        size = len(doc)
        self.heads = np.zeros(size, np.int64)
        self.values = np.zeros((size, len(_ATTRIBUTES)), np.uint64)
        self.values[:, 2] = doc.vocab.strings["SPACE"]
        self.values[:, 3] = doc.vocab.strings.add("_SP")
        self.values[:, 5] = [token.orth for token in doc]
        self.values[:, 6] = _OUTSIDE
        self._tensor: NDArray[np.float32] | None = None

    def tensor(self, width: int) -> NDArray[np.float32]:
        """The vectors of all tokens; zero for white space."""
        if self._tensor is None:
            self._tensor = np.zeros((len(self.heads), width), np.float32)
        return self._tensor

    def write(self, doc: Doc) -> None:
        """Sets all attributes at once."""
        self._attach_spaces(doc)
        self.values[:, 0] = self.heads.astype(np.uint64)
        doc.from_array(_ATTRIBUTES, self.values)  # type: ignore[arg-type]  # it takes hashes as unsigned
        if self._tensor is not None:
            doc.tensor = self._tensor  # type: ignore[assignment]  # spaCy keeps single precision

    def _attach_spaces(self, doc: Doc) -> None:
        """White space hangs on the word before it; at the beginning, on the first word."""
        words = [token.i for token in doc if not token.is_space]
        dependent = doc.vocab.strings.add("dep")
        last = words[0] if words else 0
        for token in doc:
            if not token.is_space:
                last = token.i
            elif last != token.i:
                self.heads[token.i] = last - token.i
                self.values[token.i, 1] = dependent
            else:
                self.values[token.i, 1] = doc.vocab.strings.add("ROOT")
