"""Linear layers that keep their weights in fewer bytes."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="the extra `local` is not installed; `make test-local` installs it")

import torch
from torch import nn

from models.local import loading
from models.local.quantize import (
    FEW_ROWS,
    PART,
    Bfloat16Linear,
    Float16Linear,
    Int8Linear,
    Kind,
    is_exact,
    pack_weights,
)
from pipeline.settings import ModelSettings

pytestmark = pytest.mark.local

needs_bfloat16 = pytest.mark.skipif(not is_exact("bfloat16"), reason="this processor has no packed product in bfloat16")
needs_float16 = pytest.mark.skipif(not is_exact("float16"), reason="this processor has no product with 16-bit weights")
FASTEST: Kind = "bfloat16" if loading.half_is_fast() else "float16"
needs_fastest = pytest.mark.skipif(not is_exact(FASTEST), reason="this processor has no such product")


def layer(**options: bool) -> nn.Linear:
    """Weights with outliers in some channels."""
    torch.manual_seed(0)
    linear = nn.Linear(96, 64, **options)
    linear.weight.data[::7] *= 50
    return linear


@pytest.mark.parametrize("rows", [1, 3, FEW_ROWS, FEW_ROWS + 1, 100])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("bias", [True, False])
def test_8_bit_weights_are_within_two_percent(rows: int, dtype: torch.dtype, bias: bool) -> None:  # noqa: FBT001 - a case
    """For few rows and many, in both types, with outliers in some channels; shape and type of the result stay."""
    linear = layer(bias=bias)
    given = torch.randn(2, rows, 96).to(dtype)
    true = nn.functional.linear(given.float(), linear.weight, linear.bias)
    made = Int8Linear(linear.to(dtype), torch.float32)(given)

    assert made.dtype == dtype
    assert made.shape == true.shape
    assert (made.float() - true).norm() < 0.02 * true.norm()


@needs_float16
@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize("bias", [True, False])
def test_16_bit_weights_are_exact_to_three_digits(rows: int, bias: bool) -> None:  # noqa: FBT001 - a case
    """For few rows and many, with outliers in some channels; shape and type of the result stay."""
    linear = layer(bias=bias)
    given = torch.randn(2, rows, 96)
    true = nn.functional.linear(given, linear.weight, linear.bias)
    made = Float16Linear(linear)(given)

    assert made.dtype == given.dtype
    assert made.shape == true.shape
    assert (made - true).norm() < 0.001 * true.norm()


@needs_bfloat16
@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize("bias", [True, False])
def test_weights_in_the_order_of_the_processor_give_the_same_product(rows: int, bias: bool) -> None:  # noqa: FBT001 - a case
    """That of bfloat16, for few rows and many; shape and type of the result stay."""
    linear = layer(bias=bias).bfloat16()
    given = torch.randn(2, rows, 96).bfloat16()
    made = Bfloat16Linear(linear)(given)

    assert made.dtype == given.dtype
    torch.testing.assert_close(made, linear(given), rtol=0.01, atol=0.02)


@needs_float16
def test_weights_made_in_bfloat16_lose_nothing_in_16_bits() -> None:
    """Their 8 digits fit into 11: what a model was published with is what is multiplied."""
    linear = layer(bias=False).bfloat16()
    given = torch.randn(5, 96)

    torch.testing.assert_close(Float16Linear(linear)(given), nn.functional.linear(given, linear.weight.float()))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("int8", "Int8Linear"),
        pytest.param("float16", "Float16Linear", marks=needs_float16),
        pytest.param("bfloat16", "Bfloat16Linear", marks=needs_bfloat16),
    ],
)
def test_shapes_that_the_processor_cannot_pack_are_left_alone(kind: Kind, name: str) -> None:
    """Layers of odd sizes stay as they are; embeddings and norms too."""
    model = nn.Sequential(nn.Embedding(10, 32), nn.Linear(32, 48), nn.LayerNorm(48), nn.Linear(48, 7), nn.Linear(7, 32))
    kept = pack_weights(model, kind, torch.float32)

    assert kept
    assert [type(layer).__name__ for layer in model] == ["Embedding", name, "LayerNorm", "Linear", "Linear"]
    assert not pack_weights(nn.Sequential(nn.Linear(7, 7)), kind, torch.float32)


def test_a_vocabulary_is_rounded_in_parts_as_it_would_be_whole() -> None:
    """Every row keeps its own scale and place, also beyond the rows that are rounded at a time."""
    torch.manual_seed(0)
    linear = nn.Linear(32, 2 * PART + 16, bias=False)
    linear.weight.data *= torch.linspace(1, 50, linear.out_features)[:, None]
    given = torch.randn(2, 32)
    true, made = linear(given), Int8Linear(linear, torch.float32)(given)

    for rows in (slice(0, PART), slice(PART, 2 * PART), slice(2 * PART, None)):
        assert (made[:, rows] - true[:, rows]).norm() < 0.02 * true[:, rows].norm()


def test_8_bit_weights_take_half_the_memory_of_half_precision() -> None:
    """A byte for each weight, and a scale for each row."""
    layer = Int8Linear(nn.Linear(256, 128, bias=False), torch.float32)
    size = sum(tensor.numel() * tensor.element_size() for tensor in layer.state_dict().values())

    assert size == 256 * 128 + 128 * 2


@pytest.mark.parametrize(
    ("quantize", "weights", "expected"),
    [
        ("none", 10.0, None),
        ("int8", 1.0, "int8"),
        ("auto", 10.0, "int8"),
        pytest.param("auto", 2.0, FASTEST, marks=needs_fastest),
    ],
)
def test_weights_are_kept_smaller_where_memory_is_short(quantize: str, weights: float, expected: str | None) -> None:
    """In a byte each, where two would fill half of the memory, else packed; never when the settings say `none`."""
    settings = ModelSettings(quantize=quantize, device="cpu")  # type: ignore[arg-type]

    assert loading.choose_precision(settings, weights, memory=10.0).weights == expected
