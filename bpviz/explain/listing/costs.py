"""The cost functions as a teacher writes them: for one number, or for a batch of outputs."""

from __future__ import annotations

Texts = dict[str, tuple[str, str]]

_SCALAR: Texts = {
    "half_squared_error": ("""
def cost(yHat, y):
    return 0.5 * (yHat - y)**2
""", """
def cost_prime(yHat, y):
    return yHat - y
"""),
    "mean_squared_error": ("""
def cost(yHat, y):
    return (yHat - y)**2
""", """
def cost_prime(yHat, y):
    return 2 * (yHat - y)
"""),
    "absolute_error": ("""
def cost(yHat, y):
    return abs(yHat - y)
""", """
def cost_prime(yHat, y):
    if yHat > y:
        return 1
    if yHat < y:
        return -1
    return 0
"""),
    "huber": ("""
def cost(yHat, y):
    gap = abs(yHat - y)
    if gap > 1:
        return gap - 0.5
    return 0.5 * gap**2
""", """
def cost_prime(yHat, y):
    return max(-1, min(yHat - y, 1))
"""),
    "categorical_cross_entropy": ("""
def cost(yHat, y):
    # never closer than this to 0 and 1
    p = min(max(yHat, 1e-12), 1 - 1e-12)
    return -y * math.log(p)
""", """
def cost_prime(yHat, y):
    if yHat < 1e-12 or yHat > 1 - 1e-12:
        return 0
    return -y / yHat
"""),
}
_ARRAYS: Texts = {
    "half_squared_error": ("""
def cost(yHat, y):
    each = 0.5 * (yHat - y)**2
    return each.sum(axis=1)
""", """
def cost_prime(yHat, y):
    return yHat - y
"""),
    "mean_squared_error": ("""
def cost(yHat, y):
    each = (yHat - y)**2
    return each.sum(axis=1)
""", """
def cost_prime(yHat, y):
    return 2 * (yHat - y)
"""),
    "absolute_error": ("""
def cost(yHat, y):
    each = np.abs(yHat - y)
    return each.sum(axis=1)
""", """
def cost_prime(yHat, y):
    return np.sign(yHat - y)
"""),
    "huber": ("""
def cost(yHat, y):
    gap = np.abs(yHat - y)
    near = np.minimum(gap, 1)
    each = near * (gap - 0.5 * near)
    return each.sum(axis=1)
""", """
def cost_prime(yHat, y):
    return np.clip(yHat - y, -1, 1)
"""),
    "binary_cross_entropy": ("""
def cost(yHat, y):
    # never closer than this to 0 and 1
    p = np.clip(yHat, 1e-12, 1 - 1e-12)
    each = -y * np.log(p) - (1 - y) * np.log1p(-p)
    return each.sum(axis=1)
""", """
def cost_prime(yHat, y):
    p = np.clip(yHat, 1e-12, 1 - 1e-12)
    slope = (p - y) / (p * (1 - p))
    return np.where(p == yHat, slope, 0.0)
"""),
    "categorical_cross_entropy": ("""
def cost(yHat, y):
    # never closer than this to 0 and 1
    p = np.clip(yHat, 1e-12, 1 - 1e-12)
    each = -y * np.log(p)
    return each.sum(axis=1)
""", """
def cost_prime(yHat, y):
    p = np.clip(yHat, 1e-12, 1 - 1e-12)
    return np.where(p == yHat, -y / p, 0.0)
"""),
}

# The cost of a sigmoid or softmax output with its own cross-entropy is written with Z.
_FUSED_SCALAR = """
def cost(z, y):
    # -y ln yHat - (1 - y) ln(1 - yHat),
    # from Z, where nothing overflows
    small = math.log1p(math.exp(-abs(z)))
    return max(z, 0) - z * y + small
"""
_FUSED_ARRAYS = {
    "binary_cross_entropy": """
def cost(z, y):
    # -y ln yHat - (1 - y) ln(1 - yHat),
    # from Z, where nothing overflows
    small = np.log1p(np.exp(-np.abs(z)))
    each = np.maximum(z, 0) - z * y + small
    return each.sum(axis=1)
""",
    "categorical_cross_entropy": """
def cost(z, y):
    # -y ln yHat, from Z, where nothing overflows
    top = z.max(axis=1, keepdims=True)
    total = np.exp(z - top).sum(axis=1, keepdims=True)
    each = y * (top + np.log(total) - z)
    return each.sum(axis=1)
""",
}


def definitions(name: str, fused: bool, scalar: bool) -> list[str]:
    """The program text of the cost and, unless E is yHat - y at once, of its derivative."""
    if fused:
        return [(_FUSED_SCALAR if scalar else _FUSED_ARRAYS[name]).strip("\n")]
    return [text.strip("\n") for text in (_SCALAR if scalar else _ARRAYS)[name]]
