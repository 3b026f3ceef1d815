"""`kg_annotator`: tags, lemmas, dependency trees, sentences, entities and vectors, from the network.

Dependencies follow Universal Dependencies 2.16; the root of a sentence bears spaCy's `ROOT`. Sentence
starts that are set before are respected. White space is no word for the network: it hangs on the word
before it as `dep`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.language import weights
from kg.language.batches import group_by_length, pack
from kg.language.columns import token_columns
from kg.language.decoding import EntityDecoder, Integers
from kg.language.labels import NAME_TYPES, Labels
from kg.language.network import Network, RelationHead
from kg.language.parses import Parse, ParseDecoder, Scores
from kg.language.pieces import WordPieces
from kg.language.repetition import RepeatedNames
from kg.language.windows import Window, WindowCutter

_ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "POS", "TAG", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]
# Forms kept in memory with their lemmas: those of some hundred articles.
_CACHE_LIMIT = 25_000
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of the component; `pipeline.cfg` explains them."""

    threads: int = 1
    longest: int = 160
    overlap: int = 32
    batch: int = 160
    repeated: float = 0.5
    vectors: bool = True

    def __post_init__(self) -> None:
        """Refuses what cannot be.

        Raises:
            ModelError: If a number is out of its range.
        """
        least = {"threads": 1, "longest": 1, "overlap": 0, "batch": 1}
        wrong = [f"{name} = {getattr(self, name)!r}" for name in least if getattr(self, name) < least[name]]
        if not 0 <= self.repeated <= 1:
            wrong.append(f"repeated = {self.repeated!r}")
        if wrong:
            raise ModelError(
                f"The settings of kg_annotator cannot be {', '.join(wrong)}; threads, longest and batch "
                "are 1 or more, overlap is 0 or more, repeated is from 0 to 1."
            )


_DEFAULTS = Settings()
_WINDOWS = ("longest", "overlap", "batch")
"""The settings that stand in a section of their own."""


@Language.factory(
    "kg_annotator",
    assigns=_ASSIGNS,
    default_config={
        "threads": _DEFAULTS.threads,
        "windows": {name: getattr(_DEFAULTS, name) for name in _WINDOWS},
        "repeated": _DEFAULTS.repeated,
        "vectors": _DEFAULTS.vectors,
    },
    default_score_weights={"dep_las": 0.5, "ents_f": 0.5},
)
def make_annotator(
    nlp: Language, name: str, threads: int, windows: dict[str, int], repeated: float, *, vectors: bool
) -> Annotator:
    """The component; `pipeline.cfg` explains the settings."""
    unknown = sorted(windows.keys() - {*_WINDOWS})
    if unknown:
        raise ModelError(
            f"kg_annotator knows no windows.{unknown[0]}; there are windows.longest, .overlap and .batch."
        )
    return Annotator(nlp, Settings(threads=threads, repeated=repeated, vectors=vectors, **windows))


class Annotator:
    """Runs the network over documents and writes what it says into them."""

    def __init__(self, nlp: Language, settings: Settings | None = None) -> None:
        self._vocab = nlp.vocab
        self._settings = settings or _DEFAULTS
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
        windows = list(self._cutter.cut(doc))
        read: list[tuple[Window, Scores, int]] = []
        for group in group_by_length([window.length for window in windows], self._settings.batch):
            scores = self._network.run(pack([windows[i].words for i in group], self._pieces))
            read += [(windows[i], scores, row) for row, i in enumerate(group)]
        self._agree_on_names(doc, read)
        found = [(window, self._decode(window, scores, row)) for window, scores, row in read]
        return sorted(found, key=lambda pair: int(pair[0].tokens[0]))

    def _agree_on_names(self, doc: Doc, read: Sequence[tuple[Window, Scores, int]]) -> None:
        """Sets the entity scores of capitalised words anew, in place, by all that the document says."""
        cased = [window.cased for window, _, _ in read]
        if not any(len(places) for places in cased):
            return
        forms = token_columns(doc, ("ORTH",))
        tokens = np.concatenate([window.tokens[at] for (window, _, _), at in zip(read, cased, strict=True)])
        # The root is before the words of each window.
        before = [scores.entities[row, at + 1] for (_, scores, row), at in zip(read, cased, strict=True)]
        agreed = self._repeated.agree(np.concatenate(before), forms[tokens].ravel())
        ends = np.cumsum([len(at) for at in cased])[:-1]
        for (_, scores, row), at, rows in zip(read, cased, np.split(agreed, ends), strict=True):
            scores.entities[row, at + 1] = rows

    def _decode(self, window: Window, scores: Scores, row: int) -> Parse:
        return self._decoder.decode(scores, row, len(window.words), window.starts).part(window.own)

    def set_annotations(self, docs: Sequence[Doc], parses: Sequence[Sequence[tuple[Window, Parse]]]) -> None:
        """Writes the parses into the documents."""
        for doc, found in zip(docs, parses, strict=True):
            if len(doc):
                width = next((parse.vectors.shape[1] for _, parse in found), self._width)
                columns = _Columns(doc, width if self._settings.vectors else 0)
                for window, parse in found:
                    self._fill(columns, window, parse)
                columns.write(doc)

    def _fill(self, columns: _Columns, window: Window, parse: Parse) -> None:
        tokens = window.tokens[window.own]
        heads = np.where(parse.heads > 0, tokens[parse.heads - 1], tokens)
        columns.heads[tokens] = heads - tokens
        columns.values[tokens, 1] = np.where(parse.heads > 0, self._relations[parse.relations], self._root)
        columns.values[tokens, 2:5] = self._tags[parse.tags]
        columns.values[tokens, 5] = self._lemma_column(columns.forms[tokens], parse)
        columns.values[tokens, 6:8] = self._entities[self._names(parse)]
        if self._settings.vectors:
            columns.tensor[tokens] = parse.vectors

    def _names(self, parse: Parse) -> Integers:
        """The entity labels without names of one word that is no proper noun, such as "British"."""
        inner = np.append(self._inner[parse.entities[1:]], False)
        is_single = self._named[parse.entities] & ~self._inner[parse.entities] & ~inner
        return np.where(is_single & ~self._proper[parse.tags], 0, parse.entities)

    def _lemma_column(self, forms: Hashes, parse: Parse) -> list[int]:
        cache = self._lemma_cache
        # Added each time: what was added in a memory zone is gone after it.
        add = self._vocab.strings.add
        keys = zip(forms.tolist(), parse.tags.tolist(), parse.edits.tolist(), strict=True)
        return [add(cache.get(key) or self._lemma(*key)) for key in keys]

    def _lemma(self, form: int, tag: int, edit: int) -> str:
        if len(self._lemma_cache) >= _CACHE_LIMIT:
            self._lemma_cache.clear()
        lemma = self._lemmatizer.lemma(self._vocab.strings[form], self._labels.tags[tag], edit)
        self._lemma_cache[form, tag, edit] = lemma
        return lemma

    @property
    def version(self) -> str:
        """The name of the weights with the first digits of their checksum."""
        self._load()
        return weights.version_of(weights.parse_card(self._files[weights.CARD], where="the pipeline"))

    def _load(self) -> None:
        if not self._files:
            self.from_disk(weights.SHIPPED)

    def _use(self, files: dict[str, bytes]) -> None:
        self._labels = labels = weights.parse_labels(files[weights.LABELS])
        self._pieces = WordPieces(weights.parse_pieces(files[weights.PIECES]))
        settings = self._settings
        self._cutter = WindowCutter(self._pieces, longest=settings.longest, overlap=settings.overlap)
        self._lemmatizer = weights.parse_lemmas(files[weights.LEMMAS], labels)
        self._lemma_cache: dict[tuple[int, int, int], str] = {}
        self._network = Network(files[weights.NETWORK], settings.threads)
        head = RelationHead(files[weights.RELATIONS], settings.threads)
        self._width = self._network.check(labels)
        head.check(self._network)
        self._repeated = RepeatedNames(labels.entities, settings.repeated)
        self._decoder = ParseDecoder(head.choose, EntityDecoder(labels.entities))
        self._intern(labels)
        self._files = files

    def _intern(self, labels: Labels) -> None:
        """The hashes of all labels, in the order of the network's columns."""
        # Labels stay when a memory zone ends; spaCy's types do not know the argument.
        add = partial(self._vocab.strings.add, allow_transient=False)  # type: ignore[call-arg]
        self._root = np.uint64(add("ROOT"))
        # A word below another is no root, whatever the network says of it.
        self._relations = np.array([add("dep" if r == "root" else r) for r in labels.relations], np.uint64)
        tags = [tag.split("|", 2) for tag in labels.tags]
        rows = [(add(t[0]), add(t[1]), self._vocab.morphology.add("|".join(t[2:]))) for t in tags]
        self._tags = np.array(rows, np.uint64)
        self._proper = np.array([tag[0] == "PROPN" for tag in tags])
        self._inner = np.array([entity.startswith("I-") for entity in labels.entities])
        self._named = np.array([entity[2:] in NAME_TYPES for entity in labels.entities])
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

    def __init__(self, doc: Doc, width: int) -> None:
        """Takes the document and the width of its vectors; 0 for none."""
        size = len(doc)
        columns = token_columns(doc, ("ORTH", "IS_SPACE"))
        self.forms = columns[:, 0]
        self._is_space = columns[:, 1] > 0
        self.heads = np.zeros(size, np.int64)
        self.values = np.zeros((size, len(_ATTRIBUTES)), np.uint64)
        self.values[:, 2] = doc.vocab.strings["SPACE"]
        self.values[:, 3] = doc.vocab.strings.add("_SP")
        self.values[:, 5] = self.forms
        self.values[:, 6] = _OUTSIDE
        self.tensor = np.zeros((size, width), np.float32)
        """The vectors of all tokens; zero for white space."""

    def write(self, doc: Doc) -> None:
        """Sets all attributes at once."""
        self._attach_spaces(doc)
        self._join_names()
        self.values[:, 0] = self.heads.astype(np.uint64)
        doc.from_array(_ATTRIBUTES, self.values)  # type: ignore[arg-type]  # it takes hashes as unsigned
        if self.tensor.size:
            doc.tensor = self.tensor  # type: ignore[assignment]  # spaCy keeps single precision

    def _join_names(self) -> None:
        """White space inside a name belongs to it: `Joe  Biden` with two spaces is one."""
        for place in np.flatnonzero(self._is_space)[::-1].tolist():
            after = place + 1
            if after < len(self.heads) and self.values[after, 6] == _INSIDE:
                self.values[place, 6:8] = self.values[after, 6:8]

    def _attach_spaces(self, doc: Doc) -> None:
        """White space hangs on the word before it; at the beginning, on the first word."""
        places = np.arange(len(doc))
        words = np.flatnonzero(~self._is_space)
        first = int(words[0]) if len(words) else 0
        before = np.maximum.accumulate(np.where(self._is_space, first, places))
        spaces = np.flatnonzero(self._is_space)
        self.heads[spaces] = before[spaces] - spaces
        self.values[spaces, 1] = doc.vocab.strings.add("dep")
        if not len(words):
            self.values[0, 1] = doc.vocab.strings.add("ROOT")
