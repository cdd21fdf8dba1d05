"""Linear layers with 8-bit weights."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="the extra `local` is not installed; `make test-local` installs it")

import torch
from torch import nn

from models.quantize import FEW_ROWS, Int8Linear, quantize

pytestmark = pytest.mark.local


@pytest.mark.parametrize("rows", [1, 3, FEW_ROWS, FEW_ROWS + 1, 100])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("bias", [True, False])
def test_8_bit_weights_are_within_two_percent(rows: int, dtype: torch.dtype, bias: bool) -> None:  # noqa: FBT001 - a case
    """For few rows and many, in both types, with outliers in some channels; shape and type of the result stay."""
    torch.manual_seed(0)
    linear = nn.Linear(96, 64, bias=bias)
    linear.weight.data[::7] *= 50
    given = torch.randn(2, rows, 96).to(dtype)
    true = nn.functional.linear(given.float(), linear.weight, linear.bias)
    made = Int8Linear(linear.to(dtype), torch.float32)(given)

    assert made.dtype == dtype
    assert made.shape == true.shape
    assert (made.float() - true).norm() < 0.02 * true.norm()


def test_shapes_that_the_processor_cannot_pack_are_left_alone() -> None:
    """Layers of odd sizes stay as they are; embeddings and norms too."""
    model = nn.Sequential(nn.Embedding(10, 32), nn.Linear(32, 48), nn.LayerNorm(48), nn.Linear(48, 7), nn.Linear(7, 32))
    kept = quantize(model, torch.float32)

    assert kept
    assert [type(layer).__name__ for layer in model] == ["Embedding", "Int8Linear", "LayerNorm", "Linear", "Linear"]
    assert not quantize(nn.Sequential(nn.Linear(7, 7)), torch.float32)


def test_8_bit_weights_take_half_the_memory_of_half_precision() -> None:
    """A byte for each weight, and a scale for each row."""
    layer = Int8Linear(nn.Linear(256, 128, bias=False), torch.float32)
    size = sum(tensor.numel() * tensor.element_size() for tensor in layer.state_dict().values())

    assert size == 256 * 128 + 128 * 2
