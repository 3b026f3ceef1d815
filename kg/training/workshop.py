"""What all stages of a training run share: corpora, encoder, labels, networks, their judge."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from kg.errors import ModelError
from kg.language.batches import Inputs
from kg.language.decoding import EntityDecoder, Floats, Integers
from kg.language.labels import Labels
from kg.language.lemmas import Lemmatizer
from kg.language.parses import ParseDecoder, Scores
from kg.language.pieces import WordPieces
from kg.training.corpora import Corpora, read_corpora
from kg.training.encoder import Encoder, load_encoder
from kg.training.examples import Example, ExampleMaker, collect_labels, make_windows
from kg.training.lexicon import make_lemmatizer
from kg.training.model import Network, Outputs, start_from
from kg.training.scoring import Judge
from kg.training.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What all stages of one run share."""

    settings: Settings
    corpora: Corpora
    encoder: Encoder
    labels: Labels
    pieces: WordPieces
    lemmatizer: Lemmatizer
    device: torch.device
    folder: Path
    """Where checkpoints and logs are written."""

    @property
    def maker(self) -> ExampleMaker:
        """Numbers the sentences of this run."""
        return ExampleMaker(self.labels, self.pieces)

    def new_network(self, layers: int) -> Network:
        """A network that knows what the encoder knows, and nothing of the tasks."""
        network = Network(self.labels, len(self.encoder.pieces), layers, self.settings.model)
        start_from(network, self.encoder)
        return network.to(self.device)


def open_workshop(
    corpora: Path, folder: Path, settings: Settings, *, encoder: Path | None = None, device: str = "auto"
) -> Workshop:
    """Reads the corpora and the encoder.

    Args:
        corpora: The folder of the corpora.
        folder: Where checkpoints and logs go; made where it is not there.
        settings: The settings of the run.
        encoder: The folder of the encoder; None takes the installed package's.
        device: A device of PyTorch, or `auto`; see `choose_device`.

    Raises:
        ModelError: If the encoder is missing or is another one, or the device is not there.
        EvaluationError: If the corpora cannot be read.
    """
    chosen = choose_device(device)
    folder.mkdir(parents=True, exist_ok=True)
    texts = read_corpora(corpora)
    labels = collect_labels(texts.train)
    base = load_encoder(settings.encoder, encoder)
    return Workshop(
        settings=settings,
        corpora=texts,
        encoder=base,
        labels=labels,
        pieces=WordPieces(base.pieces),
        lemmatizer=make_lemmatizer(texts.train, labels),
        device=chosen,
        folder=folder,
    )


def choose_device(name: str) -> torch.device:
    """The device of that name; for `auto` the GPU where there is one, else the CPU.

    Raises:
        ModelError: If there is no such device.

    >>> choose_device("cpu")
    device(type='cpu')
    """
    has_gpu = torch.cuda.is_available()
    if name == "auto":
        return torch.device("cuda" if has_gpu else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise ModelError(f"The device {name!r} is not known; give auto, cpu or cuda.") from error
    if device.type == "cuda" and not has_gpu:
        raise ModelError(f"The device {name!r} is not there, or PyTorch does not see it; give auto or cpu.")
    return device


def load_network(workshop: Workshop, file: Path) -> Network:
    """The network of a saved file.

    Raises:
        ModelError: If it has other labels or sizes.
    """
    state = load_file(file)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    network = workshop.new_network(layers)
    known = network.state_dict()
    # The frozen word table is not saved; everything else must be there.
    state = {"word.weight": known["word.weight"]} | {name: value.float() for name, value in state.items()}
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        raise ModelError(
            f"The network {str(file)!r} was trained with other labels or settings; "
            "give another --work, or delete its folder."
        ) from error
    return network


def judge(workshop: Workshop, network: Network) -> Judge:
    """What scores the network in full precision."""

    def run(inputs: Inputs) -> Scores:
        network.eval()
        arrays = (torch.from_numpy(a).to(workshop.device) for a in (inputs.ids, inputs.shapes, inputs.spans))
        with torch.no_grad(), torch.autocast(workshop.device.type, torch.bfloat16):
            return to_scores(network(*arrays))

    def choose(dependents: Floats, governors: Floats) -> Integers:
        parts = (torch.from_numpy(part).to(workshop.device) for part in (dependents, governors))
        with torch.no_grad():
            return network.relate(*parts).argmax(-1).cpu().numpy()

    decoder = ParseDecoder(choose, EntityDecoder(workshop.labels.entities))
    return Judge(
        run=run,
        decoder=decoder,
        labels=workshop.labels,
        pieces=workshop.pieces,
        lemmatizer=workshop.lemmatizer,
    )


def to_scores(outputs: Outputs) -> Scores:
    """Tensors → plain arrays, the best tag and edit chosen."""
    return Scores(
        arcs=_array(outputs.arcs),
        tags=outputs.tags.argmax(-1).cpu().numpy(),
        edits=outputs.edits.argmax(-1).cpu().numpy(),
        entities=_array(outputs.entities),
        starts=_array(outputs.starts),
        dependents=_array(outputs.dependents),
        governors=_array(outputs.governors),
        vectors=_array(outputs.vectors),
    )


def _array(tensor: Tensor) -> Floats:
    return tensor.detach().float().cpu().numpy()


def dev_windows(workshop: Workshop, held: frozenset[str] = frozenset()) -> dict[str, list[list[Example]]]:
    """The dev sentences as windows, by corpus; entities of `ewt-dev` only where they were held out."""
    found: dict[str, list[Example]] = {}
    for sentence in workshop.corpora.dev:
        example = workshop.maker.make(sentence)
        found.setdefault(sentence.corpus, []).append(example)
        if sentence.id in held:
            found.setdefault("uner-held", []).append(example)
    return {name: list(make_windows(examples, workshop.settings.windows)) for name, examples in found.items()}
