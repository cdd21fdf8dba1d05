"""Linear layers with weights in fewer bytes, or in the order that a processor reads fastest.

Every step of writing reads each weight once, so fewer bytes mean more tokens a second. Only weights are rounded.
Rounding the activations too, which torch calls dynamic quantisation, is faster still but ruins Arabic: perplexity 35 to
123 instead of 11 (measured). Torch has no public names for these products; each is tried before it is used.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Literal

import torch
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal["bfloat16", "float16", "int8"]
BYTES: Final = {"bfloat16": 2, "float16": 2, "int8": 1}
"""Bytes of one weight."""
FEW_ROWS = 16
"""For `Int8Linear`: with more rows, converting the weight and multiplying as usual is faster (measured)."""
PART = 4096
"""For `Int8Linear`: rows of a weight that are rounded at a time; a whole vocabulary would take gigabytes."""
_HALF = torch.bfloat16
"""The type of the 8-bit product's rows; with float32 it takes 10 to 30 times as long (measured)."""
_ROWS = 4
"""The number of rows for which oneDNN chooses its layout; any number can be multiplied."""
_OFF = 0.02
"""The greatest relative error of a packed product; rounding to 8 bits alone causes about 0.01."""
_GRID = 16
"""Both sides of a weight must be multiples of this."""


class Bfloat16Linear(nn.Module):
    """A linear layer in bfloat16, for processors that compute in it; the weight is laid out in oneDNN's blocks.

    The plain product lays the weight out anew each time: with 4 to 8 rows it takes half as long again (measured).
    """

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self._packed = torch.ops.mkldnn._reorder_linear_weight(linear.weight.detach().to(_HALF), _ROWS)  # noqa: SLF001 - no public name
        self._bias = None if linear.bias is None else linear.bias.detach().to(_HALF)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """The product with `rows` (..., inputs), in their type."""
        product = torch.ops.mkldnn._linear_pointwise  # noqa: SLF001 - as above
        output: torch.Tensor = product(rows.to(_HALF), self._packed, self._bias, "none", [], "")
        return output.to(rows.dtype)


class Float16Linear(nn.Module):
    """A linear layer with a 16-bit weight that is multiplied in float32: exact to 3 digits.

    On processors that do not compute in bfloat16, four rows take hardly longer than one (measured).
    """

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        bias = None if linear.bias is None else linear.bias.detach().float()
        self._packed = torch.ops.quantized.linear_prepack_fp16(linear.weight.detach().float(), bias)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """The product with `rows` (..., inputs), in their type."""
        flat = rows.reshape(-1, rows.shape[-1]).float()
        output: torch.Tensor = torch.ops.quantized.linear_dynamic_fp16(flat, self._packed)
        return output.to(rows.dtype).reshape(*rows.shape[:-1], -1)


class Int8Linear(nn.Module):
    """A linear layer with an int8 weight and one scale for each output channel."""

    def __init__(self, linear: nn.Linear, wide: torch.dtype) -> None:
        """`wide` is the type in which many rows are multiplied."""
        super().__init__()
        parts = [_rounded(part.float()) for part in linear.weight.detach().split(PART)]
        rounded, scales = zip(*parts, strict=True)
        self.register_buffer("weight", torch.cat(rounded))
        self.register_buffer("scale", torch.cat(scales))
        self.bias = linear.bias
        self.wide = wide

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """The product with `rows` (..., inputs), in their type."""
        flat = rows.reshape(-1, rows.shape[-1])
        if flat.shape[0] <= FEW_ROWS:
            made = torch._weight_int8pack_mm(flat.to(_HALF), self.weight, self.scale.to(_HALF))  # noqa: SLF001 - no public name
        else:
            made = functional.linear(flat.to(self.wide), self.weight.to(self.wide)) * self.scale.to(self.wide)
        made = made.to(rows.dtype) if self.bias is None else made.to(rows.dtype) + self.bias
        return made.reshape(*rows.shape[:-1], -1)


def _rounded(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The weight as int8, and the scale of each of its rows."""
    scale = (weight.abs().amax(1) / 127).clamp(min=torch.finfo(_HALF).tiny).to(_HALF)
    return (weight / scale.float()[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def pack_weights(model: nn.Module, kind: Kind, wide: torch.dtype) -> bool:
    """Replace the linear layers of a model in place; False, with nothing replaced, if this processor cannot do it."""
    linears = list(_linears(model))
    if not linears or not all(
        is_exact(kind, width) for width in {linear.in_features for _parent, _name, linear in linears}
    ):
        return False
    make = _maker(kind, wide)
    while linears:  # one by one, so that the memory of each is free before the next
        parent, name, linear = linears.pop()
        setattr(parent, name, make(linear))
    return True


def is_exact(kind: Kind, width: int = _GRID) -> bool:
    """Whether this processor's packed product of rows of this width agrees with the plain one."""
    drawn = torch.Generator().manual_seed(0)
    linear = nn.Linear(width, _GRID, bias=False, device="meta").to_empty(device="cpu")
    linear.weight.data.normal_(generator=drawn)
    rows = torch.randn(2, width, generator=drawn)
    true = functional.linear(rows, linear.weight.detach())
    try:
        made = _maker(kind, _HALF)(linear)(rows)
    except (AttributeError, RuntimeError):
        return False
    return bool((made - true).norm() <= _OFF * true.norm())


def _maker(kind: Kind, wide: torch.dtype) -> Callable[[nn.Linear], nn.Module]:
    makers: dict[Kind, Callable[[nn.Linear], nn.Module]] = {
        "bfloat16": Bfloat16Linear,
        "float16": Float16Linear,
        "int8": partial(Int8Linear, wide=wide),
    }
    return makers[kind]


def _linears(model: nn.Module) -> Iterator[tuple[nn.Module, str, nn.Linear]]:
    """Every layer whose shape the packed products support: other shapes crash the process."""
    for parent in model.modules():
        for name, child in parent.named_children():
            if type(child) is nn.Linear and child.in_features % _GRID == 0 and child.out_features % _GRID == 0:
                yield parent, name, child
