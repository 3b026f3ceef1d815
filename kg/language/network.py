"""The trained network under ONNX Runtime.

The last layer of the relation head runs on its own, once the heads of the words are known. It is run
here too, and not by NumPy: NumPy's threads cannot be bounded from inside.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as states

from kg.errors import ModelError
from kg.language.batches import Inputs
from kg.language.decoding import Floats, Integers
from kg.language.labels import Labels
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
# Its fused kernel takes five times as long as the two that it replaces (ONNX Runtime 1.32).
_UNWANTED = ["SkipLayerNormFusion"]
INPUTS = ("ids", "shapes", "spans")
RELATION_INPUTS = ("dependents", "governors")
OUTPUTS = ("arcs", "tags", "edits", "entities", "starts", "dependents", "governors", "vectors")
RELATION_OUTPUT = "relations"


class Session:
    """One graph. Its session is made at the first run, and anew in a forked process.

    ONNX Runtime's threads do not survive a fork, so each process of `nlp.pipe(n_process=…)` has its own.
    """

    def __init__(
        self, content: bytes, inputs: Sequence[str], outputs: Sequence[str], threads: int = 1
    ) -> None:
        self._content = content
        self._inputs = list(inputs)
        self._outputs = list(outputs)
        self._threads = threads
        self._session: onnxruntime.InferenceSession | None = None
        self._inherited: onnxruntime.InferenceSession | None = None
        self._process = -1

    def check(self) -> dict[str, int]:
        """Makes the session now, so that broken weights are found at once; gives the widths of its two ends.

        A width is the last axis of an input or output, where the graph fixes it.

        Raises:
            ModelError: If the content is not a network that ONNX Runtime can run, or is another one.
        """
        self._session, self._process = self._open(), os.getpid()
        nodes = (*self._session.get_inputs(), *self._session.get_outputs())
        ends = {node.name: node.shape[-1:] for node in nodes}
        return {name: end[0] for name, end in ends.items() if end and isinstance(end[0], int)}

    def run(self, arrays: Mapping[str, Floats] | Mapping[str, Integers]) -> list[Floats]:
        """The outputs, in the order in which they were named."""
        if self._session is None or self._process != os.getpid():
            # Kept: to free it would wait for its threads, which did not come along into this process.
            self._inherited = self._session
            self._session, self._process = self._open(), os.getpid()
        values: list[Floats] = self._session.run(self._outputs, dict(arrays))
        return values

    def _open(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS
        # Spinning threads would steal time from others on a small machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            session = onnxruntime.InferenceSession(
                self._content,
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=_UNWANTED,
            )
        except _FAILURES as error:
            raise ModelError(
                f"The network of the weights cannot run: {error}; install them again."
            ) from error
        missing = set(self._outputs) - {output.name for output in session.get_outputs()}
        if missing:
            raise ModelError(
                f"The network of the weights lacks outputs: {sorted(missing)}; install them again."
            )
        other = set(self._inputs) ^ {given.name for given in session.get_inputs()}
        if other:
            raise ModelError(
                f"The network of the weights reads other inputs: {sorted(other)}; install them again."
            )
        return session

    def __reduce__(self) -> tuple[type[Session], tuple[bytes, list[str], list[str], int]]:
        return Session, (self._content, self._inputs, self._outputs, self._threads)


class Network:
    """Pieces in, scores out."""

    def __init__(self, content: bytes, threads: int = 1) -> None:
        self.session = Session(content, INPUTS, OUTPUTS, threads)
        self.widths: dict[str, int] = {}

    def check(self, labels: Labels) -> int:
        """Makes sure that the network can run and fits the labels; gives the width of its vectors.

        Raises:
            ModelError: If it cannot, or does not.
        """
        self.widths = self.session.check()
        count = len(labels.entities)
        if self.widths.get("entities", count) != count:
            raise ModelError(
                f"The network of the weights knows {self.widths['entities']} entity labels, and their list "
                f"has {count}; install the weights again."
            )
        return self.widths.get("vectors", 0)

    def run(self, inputs: Inputs) -> Scores:
        """The scores of one batch."""
        values = self.session.run({"ids": inputs.ids, "shapes": inputs.shapes, "spans": inputs.spans})
        return Scores(**dict(zip(OUTPUTS, values, strict=True)))  # type: ignore[arg-type]  # two are whole numbers


class RelationHead:
    """The relation between each word and its head."""

    def __init__(self, content: bytes, threads: int = 1) -> None:
        self.session = Session(content, RELATION_INPUTS, [RELATION_OUTPUT], threads)

    def check(self, network: Network) -> None:
        """Makes sure that the head can run on what the network gives.

        Raises:
            ModelError: If it cannot.
        """
        widths = self.session.check()
        for name in RELATION_INPUTS:
            given = network.widths.get(name)
            if given is not None and widths.get(name, given) != given:
                raise ModelError(
                    f"The relation head of the weights reads {name} {widths[name]} wide, and the network "
                    f"gives {given}; install the weights again."
                )

    def choose(self, dependents: Floats, governors: Floats) -> Integers:
        """The numbers of the best relations, one a word; see `kg.language.parses.RelationChooser`."""
        (found,) = self.session.run({"dependents": dependents, "governors": governors})
        return found  # type: ignore[return-value]  # the numbers of labels
