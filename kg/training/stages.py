"""The stages of training: teachers, and the student that learns from the corpora and from them, twice.

Every pass is saved; a run that was cut off goes on where it stood. Random choices depend on the seed
and the number of the pass alone.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kg.language.batches import count_pieces, group_by_length
from kg.training.checkpoints import (
    AGAIN,
    BEST,
    STUDENT,
    TEACHER,
    Progress,
    check_trained,
    fingerprint,
    resume,
    save_best,
    save_state,
)
from kg.training.corpora import Sentence, split_fold
from kg.training.examples import Batch, Example, Noise, make_batch, make_windows
from kg.training.losses import Targets, advice_loss, corpus_loss, move, take_advice
from kg.training.model import Network
from kg.training.rounding import rounded
from kg.training.settings import StageSettings
from kg.training.workshop import Workshop, dev_windows, judge, load_network

_LOG = logging.getLogger(__name__)
# Share of the passes in which the rates rise; then they fall to nothing in a straight line.
_WARM_UP = 0.05
# Longest gradient that is taken as it is.
_CLIP = 2.0
_WEIGHT_DECAY = 0.01
_LEAST_RATE = 1e-3
_SEEDS = {STUDENT: 999, AGAIN: 998}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one network is trained on."""

    name: str
    """Also the name of its folder."""
    run: str
    """The fingerprint of all that it depends on."""
    seed: int
    stage: StageSettings
    train: Sequence[Sentence]
    held: frozenset[str] = frozenset()
    """Sentences of UNER dev that are kept for choosing the best pass."""
    teachers: Sequence[Network] = ()


def train_teacher(workshop: Workshop, number: int) -> Path:
    """Trains one teacher and gives the file of its best pass. Each holds out another fold of UNER dev.

    Raises:
        ModelError: If its folder holds another run.
    """
    train, held = split_fold(workshop.corpora.train, number)
    seed = workshop.settings.seed * 1000 + number
    plan = Plan(
        name=f"{TEACHER}-{number}",
        run=fingerprint(workshop, TEACHER),
        seed=seed,
        stage=workshop.settings.teacher,
        train=train,
        held=frozenset(held),
    )
    torch.manual_seed(seed)
    return _Run(workshop, plan).finish(workshop.new_network(plan.stage.layers))


def train_student(workshop: Workshop) -> Path:
    """Trains the student and gives the file of its best pass.

    It begins with the lower layers and the heads of the first teacher, and learns from the corpora and
    from what all teachers say about each word.

    Raises:
        ModelError: If a teacher is missing, or a folder holds another run.
    """
    return _train_taught(workshop, STUDENT, workshop.settings.student, _teachers(workshop))


def train_again(workshop: Workshop) -> Path:
    """Trains the student once more, and gives the file of its best pass.

    It begins where the student ended, and learns from it, too: networks that were taught by their like
    become better than these (born-again networks, Furlanello et al. 2018).

    Raises:
        ModelError: If the student or a teacher is missing, or a folder holds another run.
    """
    student = workshop.folder / STUDENT / BEST
    return _train_taught(workshop, AGAIN, workshop.settings.again, [student, *_teachers(workshop)])


def finished_network(workshop: Workshop, file: Path) -> Network:
    """The network of a stage as it is shipped.

    That of `again` is mixed with the student that it began as: the mean of two networks of one descent is
    better than either (model soups, Wortsman et al. 2022).

    Raises:
        ModelError: If a network is missing or of another run.
    """
    network = load_network(workshop, check_trained(workshop, file))
    if file.parent.name != AGAIN:
        return network
    student = load_network(workshop, check_trained(workshop, workshop.folder / STUDENT / BEST)).state_dict()
    kept = workshop.settings.again.kept
    mixed = {name: torch.lerp(value, student[name], kept) for name, value in network.state_dict().items()}
    network.load_state_dict(mixed)
    return network


def _teachers(workshop: Workshop) -> list[Path]:
    return [workshop.folder / f"{TEACHER}-{n}" / BEST for n in range(workshop.settings.teacher.count)]


def _train_taught(workshop: Workshop, name: str, stage: StageSettings, files: Sequence[Path]) -> Path:
    """Trains a network that begins with what the first of its teachers knows."""
    # The teachers' numbers are small, so these are nobody else's seeds.
    seed = workshop.settings.seed * 1000 + _SEEDS[name]
    plan = Plan(
        name=name,
        run=fingerprint(workshop, name),
        seed=seed,
        stage=stage,
        train=workshop.corpora.train,
        teachers=[load_network(workshop, check_trained(workshop, file)).eval() for file in files],
    )
    torch.manual_seed(seed)
    network = workshop.new_network(stage.layers)
    if plan.teachers:
        _copy_known(plan.teachers[0], network)
    return _Run(workshop, plan).finish(network)


def _copy_known(source: Network, target: Network) -> None:
    state = target.state_dict()
    state.update({name: value for name, value in source.state_dict().items() if name in state})
    target.load_state_dict(state)


class _Run:
    """One network in training: its data, its optimiser, its checkpoints."""

    def __init__(self, workshop: Workshop, plan: Plan) -> None:
        self.workshop, self.plan, self.stage = workshop, plan, plan.stage
        self.folder = workshop.folder / plan.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.examples = [workshop.maker.make(sentence) for sentence in plan.train]
        self.noise = Noise(workshop.settings.noise, self.examples, workshop.maker)
        self.dev = dev_windows(workshop, plan.held)

    def finish(self, network: Network) -> Path:
        """Trains to the last pass; gives the file of the best one."""
        optimiser = self._optimiser(network)
        progress = resume(self.folder, network, optimiser, run=self.plan.run)
        best = progress.best
        first_rounded = self.stage.passes - self.stage.rounded
        for number in range(progress.passes, self.stage.passes):
            if number == first_rounded:
                # What was best before cannot be compared: it did not have to bear int8.
                best = 0.0
            with rounded(network) if number >= first_rounded else nullcontext():
                value = self._pass_and_judge(network, optimiser, number)
            if value >= best:
                best = value
                save_best(self.folder, network)
            progress = Progress(passes=number + 1, best=best)
            save_state(self.folder, network, optimiser, progress=progress, run=self.plan.run)
        return self.folder / BEST

    def _pass_and_judge(self, network: Network, optimiser: torch.optim.Optimizer, number: int) -> float:
        began = time.perf_counter()
        loss = self._one_pass(network, optimiser, number)
        scores = {name: judge(self.workshop, network).score(w) for name, w in self.dev.items()}
        value = _value(scores)
        seconds = time.perf_counter() - began
        text = "%s pass %d: loss %.3f, value %.2f, %.0f s, %s"
        _LOG.info(text, self.plan.name, number + 1, loss, value, seconds, json.dumps(scores))
        return value

    def _optimiser(self, network: Network) -> torch.optim.Optimizer:
        """Two groups: what was pretrained learns more slowly than what is new."""
        new: list[Tensor] = []
        old: list[Tensor] = []
        for name, parameter in network.named_parameters():
            if parameter.requires_grad:
                is_old = name.startswith(("layers.", "position.", "norm."))
                (old if is_old else new).append(parameter)
        groups = [
            {"params": old, "base": self.stage.encoder_rate},
            {"params": new, "base": self.stage.head_rate},
        ]
        return torch.optim.AdamW(groups, lr=1e-4, weight_decay=_WEIGHT_DECAY, betas=(0.9, 0.98), fused=True)

    def _one_pass(self, network: Network, optimiser: torch.optim.Optimizer, number: int) -> float:
        seed = self.plan.seed * 100 + number
        torch.manual_seed(seed)
        rnd = random.Random(seed)  # noqa: S311  # no secret
        batches = self._batches(rnd)
        total = torch.zeros((), device=self.workshop.device)
        for place, windows in enumerate(batches):
            done = (number + place / len(batches)) / self.stage.passes
            rate = min(1.0, done / _WARM_UP) * (1.0 - done)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * max(rate, _LEAST_RATE)
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
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], _CLIP)
        optimiser.step()
        return loss.detach()

    def _loss(self, network: Network, targets: Targets) -> Tensor:
        weights = self.workshop.settings.losses
        outputs = network(targets.ids, targets.shapes, targets.spans)
        loss = corpus_loss(network, outputs, targets, weights)
        if not self.plan.teachers:
            return loss
        advice = take_advice(self.plan.teachers, targets)
        share = self.stage.distilled
        return (1 - share) * loss + share * advice_loss(network, outputs, targets, advice, weights)


def _value(scores: Mapping[str, Mapping[str, float]]) -> float:
    """What the best pass is chosen by: the mean of LAS on both treebanks and of GUM's entity score.

    The held-out fold of UNER is logged only: with so few names its score moves by four points from pass to
    pass, and would choose by chance.
    """
    trees = [scores[name]["las_full"] for name in ("ewt-dev", "gum-dev") if name in scores]
    names = [scores["gum-dev"]["entities"]] if "entities" in scores.get("gum-dev", {}) else []
    return float(np.mean(trees + names))
