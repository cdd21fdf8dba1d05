"""The stages of the encoder's training, in their order; each says what it needs with `--help`.

`prep` reads Wikipedia; `wikipedia` trains the base network on it; `talks` goes on with the training talks of the
corpus; `export` writes the file that ships; `weigh` says how much it should count beside the tagger.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from models.training.corpus.files import CORPUS, talks
from models.training.restore.encoder import export, network, prepare, train, weigh

BASE = "folder of the base network, as transformers loads it"
DATA = "what `prep` wrote"
OUT = "where to keep the network; the step is added to its name"


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("--threads", type=int, default=2)
    stages = found.add_subparsers(dest="stage", required=True)
    prep = stages.add_parser("prep", help="Wikipedia as pieces with marks")
    prep.add_argument("shared", type=Path, help="the folder that holds data/wikipedia_ar.jsonl.xz")
    prep.add_argument("base", type=Path, help=f"{BASE}, or the file that ships, to keep its pieces")
    prep.add_argument("out", type=Path, help="where to write the arrays, as .npz")
    wikipedia = stages.add_parser("wikipedia", help="stage 1: the base network's lower layers on Wikipedia")
    wikipedia.add_argument("data", type=Path, help=DATA)
    wikipedia.add_argument("base", type=Path, help=BASE)
    wikipedia.add_argument("out", type=Path, help=OUT)
    _planned(wikipedia, train.WIKIPEDIA)
    spoken = stages.add_parser("talks", help="stage 2: the training talks beside some of Wikipedia")
    spoken.add_argument("data", type=Path, help=DATA)
    spoken.add_argument("start", type=Path, help="what stage 1 kept, or the file that ships")
    spoken.add_argument("out", type=Path, help=OUT)
    _planned(spoken, train.TALKS)
    ship = stages.add_parser("export", help="the file that ships, of the mean of some networks")
    ship.add_argument("data", type=Path, help=DATA)
    ship.add_argument("out", type=Path, help="where to write the arrays, as .npz")
    ship.add_argument("networks", type=Path, nargs="+", help="what a stage kept")
    ship.add_argument("--share", type=float, default=0.5, help="the encoder's share beside the tagger's")
    share = stages.add_parser("weigh", help="F1 at every share of the encoder, on what may choose")
    share.add_argument("weights", type=Path, help="what `export` wrote")
    share.add_argument("shared", type=Path, help="the folder that holds data/speech_gold")
    return found


def _planned(stage: argparse.ArgumentParser, plan: train.Plan) -> None:
    """The hyperparameters that a stage may be given."""
    for name in ("steps", "rate", "mix", "drop", "times", "smoothing", "seed", "report"):
        value = getattr(plan, name)
        stage.add_argument(f"--{name}", type=type(value), default=value)
    stage.set_defaults(plan=plan)


def main() -> None:
    """Run one stage."""
    args = parser().parse_args()
    torch.set_num_threads(args.threads)
    if args.stage == "prep":
        np.savez(args.out, allow_pickle=False, **prepare.arrays(args.shared, args.base))
        return
    if args.stage == "weigh":
        for row in weigh.table(args.weights, args.shared):
            print(row, flush=True)  # noqa: T201 - a command
        return
    data = dict(np.load(args.data))
    if args.stage == "export":
        arrays = export.arrays(data, network.loaded(*args.networks), args.share)
        np.savez_compressed(args.out, allow_pickle=False, **arrays)
        print(f"{args.out}: {args.out.stat().st_size:,} bytes")  # noqa: T201 - a command
        return
    plan = replace(args.plan, **{name: value for name, value in vars(args).items() if hasattr(args.plan, name)})
    if args.stage == "wikipedia":
        begun = network.begun(args.base, data["rows"])
    elif args.start.suffix == ".npz":
        begun = network.made(export.read_back(dict(np.load(args.start))))
    else:
        begun = network.loaded(args.start)
    train.train(begun, data, args.out, plan, train.development(talks(CORPUS)))


if __name__ == "__main__":
    main()
