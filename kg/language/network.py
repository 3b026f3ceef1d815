"""The trained network under ONNX Runtime."""

from __future__ import annotations

import os

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as states

from kg.errors import ModelError
from kg.language.batches import Inputs
from kg.language.parses import Scores

# What ONNX Runtime raises for content that is no network; its classes share no base of their own.
_FAILURES = (
    states.Fail,
    states.InvalidGraph,
    states.InvalidProtobuf,
    states.InvalidArgument,
    states.NotImplemented,
)
# Severity 3 of ONNX Runtime: errors only.
_ERRORS = 3
OUTPUTS = ("arcs", "tags", "edits", "entities", "starts", "dependents", "governors", "vectors")


class Network:
    """Runs batches. The session is made at the first batch, and anew in a forked process.

    ONNX Runtime's threads do not survive a fork, so each process of `nlp.pipe(n_process=…)` has its own.
    """

    def __init__(self, content: bytes, threads: int = 1) -> None:
        self._content = content
        self._threads = threads
        self._session: onnxruntime.InferenceSession | None = None
        self._process = -1

    def check(self) -> None:
        """Makes the session now, so that broken weights are found at once.

        Raises:
            ModelError: If the content is not a network that ONNX Runtime can run.
        """
        self._session, self._process = self._open(), os.getpid()

    def _open(self) -> onnxruntime.InferenceSession:
        """A new session.

        Raises:
            ModelError: If the content is not a network that ONNX Runtime can run.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS
        # Spinning threads would steal time from others on a small machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            session = onnxruntime.InferenceSession(self._content, options, providers=["CPUExecutionProvider"])
        except _FAILURES as error:
            raise ModelError(
                f"The network of the weights cannot run: {error}; install them again."
            ) from error
        missing = set(OUTPUTS) - {output.name for output in session.get_outputs()}
        if missing:
            raise ModelError(
                f"The network of the weights lacks outputs: {sorted(missing)}; install them again."
            )
        return session

    def run(self, inputs: Inputs) -> Scores:
        """The scores of one batch."""
        if self._session is None or self._process != os.getpid():
            self._session, self._process = self._open(), os.getpid()
        arrays = {"ids": inputs.ids, "shapes": inputs.shapes, "spans": inputs.spans}
        values = self._session.run(list(OUTPUTS), arrays)
        return Scores(**dict(zip(OUTPUTS, values, strict=True)))

    def __reduce__(self) -> tuple[type[Network], tuple[bytes, int]]:
        return Network, (self._content, self._threads)
