"""The whole recipe: a folder of corpora in, a folder of weights out."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from kg.errors import ModelError
from kg.evaluation.parsing import score_corpora
from kg.language import weights
from kg.language.pipeline import load
from kg.training.card import make_card, pack_card
from kg.training.checkpoints import AGAIN, BEST, STUDENT, TEACHER, check_trained
from kg.training.evaluate import judge_files, score_gold_words
from kg.training.export import export_files, export_network
from kg.training.settings import Settings, read_settings
from kg.training.stages import finished_network, train_again, train_student, train_teacher
from kg.training.workshop import Workshop, open_workshop

_LOG = logging.getLogger(__name__)


def train(
    corpora: Path,
    target: Path,
    *,
    work: Path,
    settings: Settings | None = None,
    encoder: Path | None = None,
    device: str = "auto",
) -> dict[str, Any]:
    """Trains the teachers and the student, and writes the weights with their card.

    What was trained already stays in `work`: a run that was cut off goes on where it stood. On two cores
    it takes about two hours; on a GPU, minutes.

    Args:
        corpora: The folder of the corpora (`ud/*.conllu`, `ner/*.iob2`).
        target: The folder of the weights; made where it is not there.
        work: The folder of checkpoints.
        settings: The settings; None for those of `settings.toml`.
        encoder: The folder of the encoder; None takes the installed package.
        device: A device of PyTorch, such as `cuda`; `auto` takes the GPU where there is one.

    Returns:
        The card.

    Raises:
        ModelError: If the settings, the encoder or the device cannot be used, or `work` holds another run.
        EvaluationError: If the corpora cannot be read.
    """
    recipe = settings or read_settings()
    workshop = open_workshop(corpora, work, recipe, encoder=encoder, device=device)
    for number in range(recipe.teacher.count):
        train_teacher(workshop, number)
    train_student(workshop)
    return ship(workshop, train_again(workshop), corpora, target)


def ship(workshop: Workshop, checkpoint: Path, corpora: Path, target: Path) -> dict[str, Any]:
    """Exports a checkpoint, scores what was exported, and writes it with its card; gives the card.

    Raises:
        ModelError: If the checkpoint is missing or of another run, or the lemma table cannot be made.
    """
    check_trained(workshop, checkpoint)
    if not workshop.lemmatizer.lexicon:
        raise ModelError(
            "The lemma table needs LemmInflect, which is not installed; install the extra `train`."
        )
    network = finished_network(replace(workshop, device=torch.device("cpu")), checkpoint)
    pieces = workshop.encoder.pieces
    exact = {
        weights.NETWORK: export_network(network, quantised=False),
        weights.PIECES: "\n".join(pieces).encode(),
    }
    files = export_files(network, labels=workshop.labels, lemmatizer=workshop.lemmatizer, pieces=pieces)
    _LOG.info("scoring the test parts")
    scores = {
        "gold words": _score(workshop, files, corpora, gold_words=True),
        "gold words, full precision": _score(workshop, files | exact, corpora, gold_words=True),
        "raw text": _score(workshop, files, corpora, gold_words=False),
    }
    others = [sentence for sentence in workshop.corpora.test if sentence.heads is None]
    scores["gold words"] |= score_gold_words(judge_files(files), others, workshop.settings.windows)
    return _write(workshop, files, scores, target)


def _score(
    workshop: Workshop, files: dict[str, bytes], corpora: Path, *, gold_words: bool
) -> dict[str, dict[str, float]]:
    """The scores of a pipeline with these weights on the test parts of the treebanks."""
    with tempfile.TemporaryDirectory() as folder:
        _write(workshop, files, {}, Path(folder))
        return score_corpora(load(folder), corpora, gold_words=gold_words)


def _write(
    workshop: Workshop, files: dict[str, bytes], scores: dict[str, Any], target: Path
) -> dict[str, Any]:
    card = make_card(
        files,
        settings=workshop.settings,
        encoder=workshop.encoder.sha256,
        scores=scores,
        log=_finished(workshop.settings, workshop.folder),
    )
    weights.write_weights(target, files | {weights.CARD: pack_card(card)})
    _LOG.info("wrote %s: %.1f MB", target, sum(map(len, files.values())) / 1e6)
    return card


def _finished(settings: Settings, folder: Path) -> list[str]:
    """What the folder holds of this run, a line a network, in the order of training."""
    passes = {f"{TEACHER}-{number}": settings.teacher.passes for number in range(settings.teacher.count)}
    passes |= {STUDENT: settings.student.passes, AGAIN: settings.again.passes}
    return [
        f"{name}: up to {count} passes" for name, count in passes.items() if (folder / name / BEST).exists()
    ]
