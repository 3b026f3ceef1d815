"""Corpora → trained networks: several six-layer teachers, then a smaller student that learns from all.

Every pass is saved; a run that was cut off goes on where it stood. Random choices depend on the seed
and the number of the pass alone.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from kg.language.batches import Inputs, count_pieces, group_by_length
from kg.language.decoding import EntityDecoder
from kg.language.labels import Labels
from kg.language.lemmas import Lemmatizer
from kg.language.parses import ParseDecoder, RelationWeights, Scores
from kg.language.pieces import WordPieces
from kg.training.corpora import Corpora, Sentence, read_corpora, split_fold
from kg.training.encoder import Encoder, load_encoder
from kg.training.examples import Batch, Example, ExampleMaker, Noise, collect_labels, make_batch, make_windows
from kg.training.lexicon import make_lemmatizer
from kg.training.losses import Targets, advice_loss, corpus_loss, move, take_advice
from kg.training.model import Network, Outputs, start_from
from kg.training.scoring import Judge
from kg.training.settings import Settings, StageSettings

_LOG = logging.getLogger(__name__)
_WARM_UP = 0.05
_CLIP = 2.0
_DECAY = 0.01
# Weights of the frozen word table are the encoder's own; a saved network leaves them out.
_FROZEN = "word.weight"


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
    corpora: Path, folder: Path, settings: Settings, *, encoder: Path | None = None, device: str = "cpu"
) -> Workshop:
    """Reads the corpora and the encoder.

    Args:
        corpora: The folder of the corpora.
        folder: Where checkpoints and logs go; made where it is not there.
        settings: The settings of the run.
        encoder: The folder of the encoder; None takes the installed package's.
        device: A device of PyTorch.

    Raises:
        ModelError: If the encoder is missing or is another one.
        EvaluationError: If the corpora cannot be read.
    """
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
        device=torch.device(device),
        folder=folder,
    )


def train_teacher(workshop: Workshop, number: int) -> Path:
    """Trains one teacher and gives the file of its best pass. Each holds out another fold of UNER dev."""
    stage = workshop.settings.teacher
    train, held = split_fold(workshop.corpora.train, number % 5)
    run = _Run(workshop, stage, workshop.folder / f"teacher-{number}", number, train, held)
    return run.finish(workshop.new_network(stage.layers))


def train_student(workshop: Workshop, name: str = "student") -> Path:
    """Trains the student from the first teacher's lower layers and all teachers' advice."""
    stage = workshop.settings.student
    files = sorted(workshop.folder.glob("teacher-*/best.safetensors"))
    teachers = [load_network(workshop, file).eval() for file in files]
    network = workshop.new_network(stage.layers)
    if teachers:
        own = network.state_dict()
        own.update({key: value for key, value in teachers[0].state_dict().items() if key in own})
        network.load_state_dict(own)
    seed = len(files) + sum(map(ord, name))
    run = _Run(workshop, stage, workshop.folder / name, seed, list(workshop.corpora.train), set(), teachers)
    return run.finish(network)


def load_network(workshop: Workshop, file: Path) -> Network:
    """The network of a saved file."""
    state = load_file(file)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    network = workshop.new_network(layers)
    network.load_state_dict({name: value.float() for name, value in state.items()}, strict=False)
    return network


def judge(workshop: Workshop, network: Network) -> Judge:
    """What scores the network in full precision."""

    def run(inputs: Inputs) -> Scores:
        network.eval()
        arrays = (torch.from_numpy(a).to(workshop.device) for a in (inputs.ids, inputs.shapes, inputs.spans))
        with torch.no_grad(), torch.autocast(workshop.device.type, torch.bfloat16):
            return to_scores(network(*arrays))

    decoder = ParseDecoder(relation_weights(network), EntityDecoder(workshop.labels.entities))
    return Judge(
        run=run, decoder=decoder, labels=workshop.labels, pieces=workshop.pieces, lemmatizer=workshop.lemmatizer
    )


def relation_weights(network: Network) -> RelationWeights:
    """The last layer of the relation head as plain arrays."""
    return RelationWeights(
        added=_array(network.added.weight),
        multiplied=_array(network.multiplied.weight),
        bias=_array(network.added.bias),
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


def _array(tensor: Tensor) -> np.ndarray:
    return tensor.detach().float().cpu().numpy()


def dev_windows(workshop: Workshop, held: set[str] | None = None) -> dict[str, list[list[Example]]]:
    """The dev sentences as windows, by corpus; entities of `ewt-dev` only where they were held out."""
    found: dict[str, list[Example]] = {}
    for sentence in workshop.corpora.dev:
        example = workshop.maker.make(sentence)
        found.setdefault(sentence.corpus, []).append(example)
        if held is not None and sentence.id in held:
            found.setdefault("uner-held", []).append(example)
    return {name: list(make_windows(examples, workshop.settings.windows)) for name, examples in found.items()}


class _Run:
    """One network in training: its data, its optimiser, its checkpoints."""

    def __init__(
        self,
        workshop: Workshop,
        stage: StageSettings,
        folder: Path,
        number: int,
        train: Sequence[Sentence],
        held: set[str],
        teachers: Sequence[Network] = (),
    ) -> None:
        self.workshop, self.stage, self.folder = workshop, stage, folder
        self.seed = workshop.settings.seed * 1000 + number
        self.examples = [workshop.maker.make(sentence) for sentence in train]
        self.noise = Noise(workshop.settings.noise, self.examples, workshop.maker)
        self.dev = dev_windows(workshop, held)
        self.teachers = list(teachers)
        folder.mkdir(parents=True, exist_ok=True)

    def finish(self, network: Network) -> Path:
        """Trains to the last pass; gives the file of the best one."""
        torch.manual_seed(self.seed)
        optimiser = self._optimiser(network)
        progress = self._resume(network, optimiser)
        for number in range(progress["passes"], self.stage.passes):
            began = time.perf_counter()
            loss = self._one_pass(network, optimiser, number)
            scores = {name: judge(self.workshop, network).score(w) for name, w in self.dev.items()}
            value = _value(scores)
            _LOG.info("%s pass %d loss %.3f value %.2f in %.0f s %s", self.folder.name, number + 1, loss, value,
                      time.perf_counter() - began, json.dumps(scores))  # fmt: skip
            if value >= progress["best"]:
                progress["best"] = value
                _save(self.folder / "best.safetensors", _state(network, torch.float16))
            progress["passes"] = number + 1
            self._checkpoint(network, optimiser, progress)
        return self.folder / "best.safetensors"

    def _optimiser(self, network: Network) -> torch.optim.Optimizer:
        """Two groups: what was pretrained learns more slowly than what is new."""
        new, old = [], []
        for name, parameter in network.named_parameters():
            if parameter.requires_grad:
                is_old = name.startswith(("layers.", "position.", "norm."))
                (old if is_old else new).append(parameter)
        groups = [
            {"params": old, "base": self.stage.encoder_rate},
            {"params": new, "base": self.stage.head_rate},
        ]
        return torch.optim.AdamW(groups, lr=1e-4, weight_decay=_DECAY, betas=(0.9, 0.98), fused=True)

    def _one_pass(self, network: Network, optimiser: torch.optim.Optimizer, number: int) -> float:
        rnd = random.Random(self.seed * 100 + number)
        batches = self._batches(rnd)
        total = torch.zeros((), device=self.workshop.device)
        for place, windows in enumerate(batches):
            done = (number + place / len(batches)) / self.stage.passes
            rate = min(1.0, done / _WARM_UP) * (1.0 - done)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * max(rate, 1e-3)
            total += self._step(network, optimiser, make_batch(windows, self.workshop.pieces))
        return float(total) / max(1, len(batches))

    def _batches(self, rnd: random.Random) -> list[list[list[Example]]]:
        changed = (self.noise.change(example, rnd) for example in self.examples)
        windows = list(make_windows(changed, self.workshop.settings.windows, rnd))
        # Jitter, so that windows of like length meet in other batches each time.
        lengths = [sum(count_pieces(e.words) for e in window) + rnd.randint(0, 6) for window in windows]
        groups = list(group_by_length(lengths, self.workshop.settings.windows.batch))
        rnd.shuffle(groups)
        return [[windows[i] for i in group] for group in groups]

    def _step(self, network: Network, optimiser: torch.optim.Optimizer, batch: Batch) -> Tensor:
        network.train()
        targets = move(batch, self.workshop.device)
        with torch.autocast(self.workshop.device.type, torch.bfloat16):
            loss = self._loss(network, targets)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], _CLIP)
        optimiser.step()
        return loss.detach()

    def _loss(self, network: Network, targets: Targets) -> Tensor:
        weights = self.workshop.settings.losses
        outputs = network(targets.ids, targets.shapes, targets.spans)
        loss = corpus_loss(network, outputs, targets, weights)
        if not self.teachers:
            return loss
        advice = take_advice(self.teachers, targets)
        share = self.stage.distilled
        return (1 - share) * loss + share * advice_loss(network, outputs, targets, advice, weights)

    def _checkpoint(
        self, network: Network, optimiser: torch.optim.Optimizer, progress: Mapping[str, float]
    ) -> None:
        state = {f"network.{name}": value for name, value in _state(network, torch.float32).items()}
        for number, values in optimiser.state_dict()["state"].items():
            state |= {f"optimiser.{number}.{name}": value.contiguous() for name, value in values.items()}
        _save(self.folder / "state.safetensors", state)
        (self.folder / "progress.json").write_text(json.dumps(progress), encoding="utf-8")

    def _resume(self, network: Network, optimiser: torch.optim.Optimizer) -> dict[str, float | int]:
        """Where the run stands; the network and the optimiser are set to it."""
        if not (self.folder / "progress.json").exists():
            return {"passes": 0, "best": 0.0}
        saved = optimiser.state_dict()
        for name, value in load_file(self.folder / "state.safetensors", str(self.workshop.device)).items():
            part, _, rest = name.partition(".")
            if part == "network":
                network.state_dict()[rest].copy_(value)
            else:
                number, _, key = rest.partition(".")
                # The count of steps lives on the CPU unless the optimiser is fused on a GPU.
                saved["state"].setdefault(int(number), {})[key] = value
        optimiser.load_state_dict(saved)
        return dict(json.loads((self.folder / "progress.json").read_text(encoding="utf-8")))


def _state(network: Network, kind: torch.dtype) -> dict[str, Tensor]:
    state = network.state_dict()
    return {name: value.to(kind).contiguous() for name, value in state.items() if name != _FROZEN}


def _save(path: Path, state: dict[str, Tensor]) -> None:
    """Writes beside the file and moves it into place, so that a cut never leaves half a file."""
    part = path.with_suffix(".part")
    save_file(state, part)
    part.replace(path)


def _value(scores: Mapping[str, Mapping[str, float]]) -> float:
    """What the best pass is chosen by: the mean of LAS on both treebanks and of the entity scores."""
    trees = [scores[name]["las_full"] for name in ("ewt-dev", "gum-dev") if name in scores]
    names = [scores[name]["entities"] for name in ("uner-held", "gum-dev") if "entities" in scores.get(name, {})]
    return float(np.mean(trees + names))
