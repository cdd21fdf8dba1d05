"""Tiny random models of real architectures, made in a second: what they write is noise, how they do it is real."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    AutoModelForCausalLM,
    BartConfig,
    BartForConditionalGeneration,
    GenerationConfig,
    PreTrainedConfig,
    PreTrainedTokenizerFast,
    Qwen3Config,
)

TALK = (Path(__file__).parents[2] / "pipeline" / "sample" / "talk.md").read_text(encoding="utf-8")
SPECIAL = ["<|pad|>", "<|im_start|>", "<|im_end|>"]
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% if enable_thinking is defined and not enable_thinking %}"
    "<think>\n\n</think>\n\n{% endif %}{% endif %}"
)
NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}" + TEMPLATE
)
VOCABULARY = 600


def tokenizer(template: str | None = TEMPLATE) -> PreTrainedTokenizerFast:
    """A byte-level tokenizer trained on the bundled talk: any Arabic text goes in and comes out."""
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(TALK.splitlines(), trainer)
    made = PreTrainedTokenizerFast(tokenizer_object=raw, pad_token=SPECIAL[0], eos_token=SPECIAL[2])
    made.chat_template = template
    return made


def causal(folder: Path, *, template: str | None = TEMPLATE, **changed: object) -> Path:
    """A chat model of the kind Qwen3, in a folder as a hub would give it."""
    own = tokenizer(template)
    sizes: dict[str, Any] = {
        "vocab_size": len(own),
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "max_position_embeddings": 2048,
        "initializer_range": 0.2,  # ten times the usual, so that what stands far back changes what comes next
        "eos_token_id": own.eos_token_id,
        "pad_token_id": own.pad_token_id,
    }
    return written(folder, Qwen3Config(**sizes | changed), own)


def written(folder: Path, config: PreTrainedConfig, own: PreTrainedTokenizerFast) -> Path:
    """A model of any kind with random weights, always the same ones, beside its tokenizer."""
    torch.manual_seed(1)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    # Settings of their own, as real checkpoints have: an engine that does not say what it wants would sample.
    model.generation_config = GenerationConfig(
        do_sample=True, temperature=1.5, top_k=50, eos_token_id=own.eos_token_id, pad_token_id=own.pad_token_id
    )
    model.save_pretrained(folder)
    own.save_pretrained(folder)
    return folder


def summariser(folder: Path) -> Path:
    """An encoder-decoder of the kind BART that takes 128 tokens."""
    own = tokenizer(None)
    own.bos_token = own.cls_token = SPECIAL[1]
    config = BartConfig(
        vocab_size=len(own),
        d_model=32,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=128,
        pad_token_id=own.pad_token_id,
        bos_token_id=own.bos_token_id,
        eos_token_id=own.eos_token_id,
        decoder_start_token_id=own.eos_token_id,
        forced_eos_token_id=own.eos_token_id,
    )
    torch.manual_seed(1)
    BartForConditionalGeneration(config).save_pretrained(folder)
    own.save_pretrained(folder)
    return folder


def packed(folder: Path, target: Path) -> Path:
    """The chat model of a folder, with heads of 128, as one GGUF file named as llama.cpp's converter would."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    raw = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    writer = gguf.GGUFWriter(target, "qwen3")
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(10_000.0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    tokens = sorted(raw["model"]["vocab"], key=raw["model"]["vocab"].__getitem__)
    writer.add_token_list(tokens)
    writer.add_token_types([3 if token in SPECIAL else 1 for token in tokens])
    writer.add_token_merges([" ".join(pair) for pair in raw["model"]["merges"]])
    writer.add_eos_token_id(SPECIAL.index("<|im_end|>"))
    writer.add_pad_token_id(0)
    writer.add_chat_template(TEMPLATE)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.QWEN3, config["num_hidden_layers"])
    for name, tensor in load_file(folder / "model.safetensors").items():
        writer.add_tensor(names.get_name(name, (".weight",)), tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target
