"""The pipeline that `pipeline.cfg` lists."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from spacy import util
from spacy.language import Language
from thinc.api import Config

import kg.language.layout
import kg.language.pairs
import kg.language.tokenizer  # noqa: F401  # importing registers what pipeline.cfg names
from kg.errors import ModelError
from kg.language.annotator import Annotator
from kg.language.weights import SHIPPED

_LOG = logging.getLogger(__name__)
CONFIG = Path(__file__).with_name("pipeline.cfg")


def load(weights: Path | str | None = None, threads: int = 1, exclude: Iterable[str] = ()) -> Language:
    """The pipeline, ready for use.

    Components of `pipeline.cfg` whose factories are not registered are left out and logged: importing
    `kg.extraction` registers all of them.

    Args:
        weights: A folder of weights; None takes the shipped ones.
        threads: How many threads the network may use.
        exclude: Names of components to leave out.

    Raises:
        ModelError: If the weights are missing or damaged, or there are no such threads.

    >>> "kg_layout" in load(exclude=["kg_annotator"]).pipe_names
    True
    """
    if threads < 1:
        raise ModelError(f"The pipeline cannot run on {threads!r} threads; give 1 or more.")
    config = Config().from_disk(CONFIG)
    excluded = set(exclude)
    names = [name for name in config["nlp"]["pipeline"] if name not in excluded]
    known = [name for name in names if Language.has_factory(config["components"][name]["factory"])]
    if known != names:
        _LOG.warning("left out, not registered: %s", ", ".join(sorted(set(names) - set(known))))
    config["nlp"]["pipeline"] = known
    config["components"] = {name: config["components"][name] for name in known}
    if "kg_annotator" not in known:
        return util.load_model_from_config(config, auto_fill=True)
    config["components"]["kg_annotator"] |= {"threads": threads}
    nlp = util.load_model_from_config(config, auto_fill=True)
    cast("Annotator", nlp.get_pipe("kg_annotator")).from_disk(weights or SHIPPED)
    return nlp
