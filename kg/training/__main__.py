"""`python -m kg.training`: the whole recipe (`all`), or its stages one by one."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from kg.errors import KgError
from kg.training.encoder import halve
from kg.training.settings import DEFAULT, read_settings

_LOG = logging.getLogger("kg.training")
_NEEDED = {
    "all": ("corpora", "output"),
    "teacher": ("corpora",),
    "student": ("corpora",),
    "again": ("corpora",),
    "ship": ("corpora", "output"),
    "halve": ("encoder",),
}
"""The stages, and which options each needs besides `--work`."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one stage; gives 0 if it did its work, 1 if the work failed. Wrong use ends the process with 2."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    try:
        _run(options)
    except KgError as error:
        sys.stderr.write(" ".join(str(error).splitlines()) + "\n")
        return 1
    return 0


def _run(options: argparse.Namespace) -> None:
    if options.stage == "halve":
        _LOG.info("sha256 %s", halve(options.encoder, options.work))
    else:
        _train(options)


def _train(options: argparse.Namespace) -> None:
    # torch takes seconds to import, and `halve` needs none of it.
    import torch

    from kg.training import checkpoints, stages, train, workshop

    torch.set_num_threads(options.threads)
    settings = read_settings(options.settings, options.changes)
    if options.stage == "all":
        train.train(
            options.corpora,
            options.output,
            work=options.work,
            settings=settings,
            encoder=options.encoder,
            device=options.device,
        )
        return
    shop = workshop.open_workshop(
        options.corpora, options.work, settings, encoder=options.encoder, device=options.device
    )
    if options.stage == "teacher":
        stages.train_teacher(shop, options.number)
    elif options.stage == "student":
        stages.train_student(shop)
    elif options.stage == "again":
        stages.train_again(shop)
    else:
        train.ship(shop, options.work / options.name / checkpoints.BEST, options.corpora, options.output)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    for name in _NEEDED[options.stage]:
        if getattr(options, name) is None:
            parser.error(f"{options.stage} needs --{name}")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("stage", choices=tuple(_NEEDED))
    parser.add_argument("--corpora", type=Path, help="folder with ud/ and ner/")
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints and logs")
    parser.add_argument("-o", "--output", type=Path, help="folder of the weights")
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; else the installed package's")
    parser.add_argument("--settings", type=Path, default=DEFAULT)
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="changes",
        metavar="SECTION.NAME=VALUE",
        help="a setting to change",
    )
    parser.add_argument(
        "--device", default="auto", help="auto, cpu or cuda; auto takes the GPU if there is one"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--number", type=int, default=0, help="which teacher, from 0")
    parser.add_argument("--name", default="again", help="which network is shipped: its folder in --work")
    return parser


if __name__ == "__main__":
    sys.exit(main())
