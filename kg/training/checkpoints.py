"""The files of a network in training: its best pass, and the state from which its run goes on.

Which pass is best, and what is trained, is decided in `kg.training.stages`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from kg.errors import ModelError
from kg.training.model import Network
from kg.training.workshop import Workshop

BEST = "best.safetensors"
STATE = "state.safetensors"
TEACHER, STUDENT, AGAIN = "teacher", "student", "again"
STAGES = (TEACHER, STUDENT, AGAIN)
"""In the order in which they run; each learns from those before it."""
# The frozen word table is the encoder's own; a saved network leaves it out.
_FROZEN = "word.weight"
_SHARED = ("seed", "windows", "model", "losses", "noise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is."""

    passes: int = 0
    best: float = 0.0
    """The value of the best pass, 0–100."""


def fingerprint(workshop: Workshop, stage: str) -> str:
    """What a network of the stage depends on, as a sha256: settings, labels and encoder.

    The settings of the stages before it count, too, for it learns from their networks.
    """
    settings = asdict(workshop.settings)
    if stage == TEACHER:
        # However many teachers there are, each is the same.
        del settings[TEACHER]["count"]
    parts = {name: settings[name] for name in (*_SHARED, *STAGES[: STAGES.index(stage) + 1])}
    parts |= {"labels": workshop.labels.to_json(), "encoder": workshop.encoder.sha256}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def save_best(folder: Path, network: Network) -> None:
    """Writes the network in half precision."""
    _save(folder / BEST, _state(network, torch.float16))


def save_state(
    folder: Path, network: Network, optimiser: torch.optim.Optimizer, *, progress: Progress, run: str
) -> None:
    """Writes all that is needed to go on, as one file, so that its parts are always of the same pass."""
    state = {f"network.{name}": value for name, value in _state(network, torch.float32).items()}
    for number, values in optimiser.state_dict()["state"].items():
        state |= {f"optimiser.{number}.{name}": value.contiguous() for name, value in values.items()}
    _save(folder / STATE, state, {"passes": str(progress.passes), "best": repr(progress.best), "run": run})


def resume(folder: Path, network: Network, optimiser: torch.optim.Optimizer, *, run: str) -> Progress:
    """Sets the network and the optimiser to where the run stood; the beginning where nothing was saved.

    Raises:
        ModelError: If the state is that of another run, or of one whose settings are not known.
    """
    if not (folder / STATE).exists():
        return Progress()
    known = _metadata(folder)
    if known.get("run") != run:
        raise _other_run(folder)
    saved = optimiser.state_dict()
    device = next(network.parameters()).device.type
    with safe_open(folder / STATE, framework="pt", device=device) as file:
        for name in file.keys():  # noqa: SIM118  # no mapping
            part, _, rest = name.partition(".")
            if part == "network":
                network.state_dict()[rest].copy_(file.get_tensor(name))
            else:
                number, _, key = rest.partition(".")
                # The count of steps lives on the CPU unless the optimiser is fused on a GPU.
                saved["state"].setdefault(int(number), {})[key] = file.get_tensor(name)
    optimiser.load_state_dict(saved)
    return Progress(passes=int(known["passes"]), best=float(known["best"]))


def check_trained(workshop: Workshop, file: Path) -> Path:
    """The file of a trained network, if it is there and of this run.

    A network with no state beside it, or with one from before runs were told apart, is taken as it is.

    Raises:
        ModelError: If it is missing, is of another run, or its folder is not named for a stage.
    """
    stage = file.parent.name.partition("-")[0]
    if stage not in STAGES:
        raise ModelError(f"No stage of training makes {str(file)!r}; name again, student or teacher-0.")
    if not file.exists():
        raise ModelError(f"The network {str(file)!r} is not there; run the stage {stage} first.")
    if _metadata(file.parent).get("run", "") not in {"", fingerprint(workshop, stage)}:
        raise _other_run(file.parent)
    return file


def _metadata(folder: Path) -> Mapping[str, str]:
    """What the state of the folder says about itself; empty where there is none, or it says nothing."""
    if not (folder / STATE).exists():
        return {}
    with safe_open(folder / STATE, framework="pt") as file:
        return file.metadata() or {}


def _other_run(folder: Path) -> ModelError:
    return ModelError(
        f"The checkpoints in {str(folder)!r} are of another run (other settings, labels, encoder or version "
        "of kg); give another --work, or delete that folder."
    )


def _state(network: Network, kind: torch.dtype) -> dict[str, Tensor]:
    state = network.state_dict()
    return {name: value.to(kind).contiguous() for name, value in state.items() if name != _FROZEN}


def _save(path: Path, state: dict[str, Tensor], metadata: dict[str, str] | None = None) -> None:
    """Writes beside the file and moves it into place, so that a cut never leaves half a file."""
    part = path.with_suffix(".part")
    save_file(state, part, metadata)
    part.replace(path)
