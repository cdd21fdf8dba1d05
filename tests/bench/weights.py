"""`python -m tests.bench.weights FILE.gguf FOLDER`: a GGUF file as a folder of bfloat16 weights.

A GGUF file is unpacked each time it is loaded, which takes minutes; the folder loads in seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from models.local import loading
from models.local.hardware import this_machine
from models.local.hub import find_model
from pipeline.events import silent
from pipeline.settings import ModelSettings


def main(file: str, folder: str) -> None:
    """Unpack the file and write the folder."""
    here = this_machine()
    found = find_model(ModelSettings(name=file), here, silent)
    model = loading.load_model(found, loading.Precision("cpu", torch.bfloat16), here)
    for config in (model.config, model):
        config.__dict__.pop("quantization_config", None)
    model.hf_quantizer = None
    model.save_pretrained(Path(folder))
    loading.load_tokenizer(found).save_pretrained(Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
