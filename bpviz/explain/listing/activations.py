"""The activation functions as a teacher writes them: for one number, or for whole arrays."""

from __future__ import annotations

_STEP = """
def {name}(z):
    if z > 0:
        return {above}
    return {below}
"""
_CHOICE = """
def {name}(z):
    return np.where(z > 0, {above}, {below})
"""

# `m` is the module that knows exp and tanh: math for single numbers, np for arrays.
_BOTH = {
    "tanh": """
def tanh(z):
    return {m}.tanh(z)
""",
    "tanh_prime": """
def tanh_prime(z):
    a = {m}.tanh(z)
    return 1 - a * a
""",
    "sigmoid_prime": """
def sigmoid_prime(z):
    a = sigmoid(z)
    return a * (1 - a)
""",
    "softplus_prime": """
def softplus_prime(z):
    return sigmoid(z)
""",
    "gelu": """
def gelu(z):
    k = {m}.sqrt(2 / {m}.pi)
    u = k * (z + 0.044715 * z**3)
    return 0.5 * z * (1 + {m}.tanh(u))
""",
    "gelu_prime": """
def gelu_prime(z):
    k = {m}.sqrt(2 / {m}.pi)
    u = k * (z + 0.044715 * z**3)
    u_prime = k * (1 + 3 * 0.044715 * z**2)
    t = {m}.tanh(u)
    return 0.5 * (1 + t + z * (1 - t * t) * u_prime)
""",
    "silu": """
def silu(z):
    return z * sigmoid(z)
""",
    "silu_prime": """
def silu_prime(z):
    s = sigmoid(z)
    return s * (1 + z * (1 - s))
""",
    "sine": """
def sine(z):
    return {m}.sin(z)
""",
    "sine_prime": """
def sine_prime(z):
    return {m}.cos(z)
""",
}
_SCALAR = {
    "relu": _STEP.format(name="relu", above="z", below="0"),
    "relu_prime": _STEP.format(name="relu_prime", above="1", below="0"),
    "leaky_relu": _STEP.format(name="leaky_relu", above="z", below="0.01 * z"),
    "leaky_relu_prime": _STEP.format(name="leaky_relu_prime", above="1", below="0.01"),
    "elu": _STEP.format(name="elu", above="z", below="{m}.expm1(z)"),
    "elu_prime": _STEP.format(name="elu_prime", above="1", below="{m}.exp(z)"),
    "sign": """
def sign(w):
    if w > 0:
        return 1
    if w < 0:
        return -1
    return 0
""",
    "sigmoid": """
def sigmoid(z):
    # exp never sees a number above 0
    if z >= 0:
        return 1 / (1 + {m}.exp(-z))
    return {m}.exp(z) / (1 + {m}.exp(z))
""",
    "softplus": """
def softplus(z):
    # ln(1 + e^z), which cannot overflow
    small = {m}.log1p({m}.exp(-abs(z)))
    return max(z, 0) + small
""",
}
_ARRAYS = {
    "relu": """
def relu(z):
    return np.maximum(z, 0)
""",
    "relu_prime": _CHOICE.format(name="relu_prime", above="1.0", below="0.0"),
    "leaky_relu": _CHOICE.format(name="leaky_relu", above="z", below="0.01 * z"),
    "leaky_relu_prime": _CHOICE.format(name="leaky_relu_prime", above="1.0", below="0.01"),
    "elu": """
def elu(z):
    below = np.expm1(np.minimum(z, 0))
    return np.where(z > 0, z, below)
""",
    "elu_prime": """
def elu_prime(z):
    below = np.exp(np.minimum(z, 0))
    return np.where(z > 0, 1.0, below)
""",
    "sigmoid": """
def sigmoid(z):
    # exp never sees a number above 0
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 + e)
""",
    "softplus": """
def softplus(z):
    # ln(1 + e^z), which cannot overflow
    small = np.log1p(np.exp(-np.abs(z)))
    return np.maximum(z, 0) + small
""",
    "softmax": """
def softmax(z):
    # exp never sees a number above 0
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
""",
    "softmax_error": """
def softmax_error(yHat, pull):
    # Every output follows every Z:
    # dyHat_k / dZ_i = yHat_k * ([k = i] - yHat_i)
    mean = (pull * yHat).sum(axis=1, keepdims=True)
    return yHat * (pull - mean)
""",
}
_NEEDS = {
    "sigmoid_prime": ("sigmoid",), "softplus_prime": ("sigmoid",),
    "silu": ("sigmoid",), "silu_prime": ("sigmoid",),
}


def definitions(wanted: list[str], scalar: bool) -> list[str]:
    """The program text of each function, once, after those it needs itself."""
    texts = _BOTH | (_SCALAR if scalar else _ARRAYS)
    ordered: list[str] = []
    for name in wanted:
        ordered += [needed for needed in (*_NEEDS.get(name, ()), name) if needed not in ordered]
    return [texts[name].strip("\n").format(m="math" if scalar else "np") for name in ordered]
