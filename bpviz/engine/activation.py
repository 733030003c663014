"""Activations: each with its slope and both formulas, standing together.

Plain ufuncs on whole arrays, without branches: each function can be compiled as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.errors import unknown_name

_INF = math.inf
_LEAK = 0.01
_GELU_SCALE = math.sqrt(2.0 / math.pi)
_GELU_CUBIC = 0.044715


@dataclass(frozen=True, slots=True)
class Activation:
    """a = function(z) and R'(Z) = slope(z, a), element by element unless `elementwise` says otherwise.

    low and high bound what a can be; they are infinite where nothing does.
    """

    name: str
    label: str
    function: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    latex: str
    slope_latex: str
    low: float = -_INF
    high: float = _INF
    elementwise: bool = True


def _identity(z: Array) -> Array:
    return z + 0.0


def _identity_slope(z: Array, _a: Array) -> Array:
    return np.ones_like(z)


def _relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def _relu_slope(z: Array, _a: Array) -> Array:
    return np.where(z > 0.0, 1.0, 0.0)


def _leaky_relu(z: Array) -> Array:
    return np.where(z > 0.0, z, _LEAK * z)


def _leaky_relu_slope(z: Array, _a: Array) -> Array:
    return np.where(z > 0.0, 1.0, _LEAK)


def _sigmoid(z: Array) -> Array:
    # exp only ever sees -|z|, so it cannot overflow.
    e = np.exp(-np.abs(z))
    return np.where(z >= 0.0, 1.0, e) / (1.0 + e)


def _sigmoid_slope(_z: Array, a: Array) -> Array:
    return a * (1.0 - a)


def _tanh(z: Array) -> Array:
    return np.tanh(z)


def _tanh_slope(_z: Array, a: Array) -> Array:
    return 1.0 - a * a


def _softplus(z: Array) -> Array:
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _softplus_slope(z: Array, _a: Array) -> Array:
    return _sigmoid(z)


def _elu(z: Array) -> Array:
    return np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))


def _elu_slope(z: Array, _a: Array) -> Array:
    return np.where(z > 0.0, 1.0, np.exp(np.minimum(z, 0.0)))


def _gelu(z: Array) -> Array:
    return 0.5 * z * (1.0 + np.tanh(_GELU_SCALE * (z + _GELU_CUBIC * z * z * z)))


def _gelu_slope(z: Array, _a: Array) -> Array:
    t = np.tanh(_GELU_SCALE * (z + _GELU_CUBIC * z * z * z))
    return 0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * _GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * z * z)


def _silu(z: Array) -> Array:
    return z * _sigmoid(z)


def _silu_slope(z: Array, _a: Array) -> Array:
    s = _sigmoid(z)
    return s * (1.0 + z * (1.0 - s))


def _sine(z: Array) -> Array:
    return np.sin(z)


def _sine_slope(z: Array, _a: Array) -> Array:
    return np.cos(z)


def _softmax(z: Array) -> Array:
    e: Array = np.exp(z - z.max(axis=1, keepdims=True))
    shares: Array = e / e.sum(axis=1, keepdims=True)
    return shares


def _softmax_slope(_z: Array, a: Array) -> Array:
    """The diagonal only, da_i/dz_i = a_i (1 - a_i); backprop.py uses the whole of it."""
    return a * (1.0 - a)


_ALL = (
    Activation("identity", "identity", _identity, _identity_slope, "z", "1"),
    Activation("relu", "ReLU", _relu, _relu_slope, r"\max(0, z)", "[z > 0]", low=0.0),
    Activation(
        "leaky_relu", "leaky ReLU", _leaky_relu, _leaky_relu_slope,
        r"\max(0.01 z, z)", "0.01 + 0.99 [z > 0]",
    ),
    Activation(
        "sigmoid", "sigmoid", _sigmoid, _sigmoid_slope, r"\frac{1}{1 + e^{-z}}", "a (1 - a)", 0.0, 1.0,
    ),
    Activation("tanh", "tanh", _tanh, _tanh_slope, r"\tanh z", "1 - a^2", -1.0, 1.0),
    Activation(
        "softplus", "softplus", _softplus, _softplus_slope, r"\ln(1 + e^z)", r"\frac{1}{1 + e^{-z}}", low=0.0,
    ),
    Activation(
        "elu", "ELU", _elu, _elu_slope,
        r"\max(0, z) + \min(0, e^z - 1)", "[z > 0] + [z \\leq 0] e^z", low=-1.0,
    ),
    Activation(
        "gelu", "GELU (tanh form)", _gelu, _gelu_slope,
        r"\frac{z}{2} (1 + \tanh u), \; u = \sqrt{2 / \pi} (z + 0.044715 z^3)",
        r"\frac{1 + \tanh u}{2} + \frac{z}{2} (1 - \tanh^2 u) u'", low=-0.1700407506,
    ),
    Activation(
        "silu", "SiLU", _silu, _silu_slope, r"z \sigma(z)", r"\sigma(z) (1 + z (1 - \sigma(z)))",
        low=-0.2784645428,
    ),
    Activation("sine", "sine", _sine, _sine_slope, r"\sin z", r"\cos z", -1.0, 1.0),
    Activation(
        "softmax", "softmax", _softmax, _softmax_slope,
        r"\frac{e^{z_i}}{\sum_k e^{z_k}}", "a_i (1 - a_i)", 0.0, 1.0, elementwise=False,
    ),
)
ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({a.name: a for a in _ALL})


def activation(name: str) -> Activation:
    """The activation of that name; EngineError with the nearest name otherwise."""
    try:
        return ACTIVATIONS[name]
    except KeyError:
        raise unknown_name("activation", name, ACTIVATIONS) from None
