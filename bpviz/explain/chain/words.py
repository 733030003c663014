"""What there is to say about a chain: what it holds constant, what makes it small, what a batch changes."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bpviz.engine.activation import activation
from bpviz.engine.cost import cost
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.chain.chain import Chain, Path
from bpviz.explain.chain.factor import Factor, Form, Kind
from bpviz.explain.number import count, number
from bpviz.explain.part import Part, What
from bpviz.explain.symbol import Names, Symbol, upright

Sentence = tuple[str | Symbol, ...]  # words, with symbols among them
NOT_YET: Sentence = (
    "Nothing of it is told yet: the gradient begins at the output, once the cost is there.",
)
_SPACE = "\N{NO-BREAK SPACE}"
_WHOLE = 7          # up to so many functions one inside the other are all written
_MANY_SLOPES = 3    # from so many on they are spoken of together


def plain(sentence: Sentence) -> str:
    return "".join(piece.plain if isinstance(piece, Symbol) else piece for piece in sentence)


def variable_name(names: Names, variable: Part) -> str:
    """ "bias of hidden unit 1", "input 2", "weight from the input to hidden unit 1"."""
    address = variable.address
    assert address is not None
    if isinstance(address, Edge):
        return names.edge_name(address)
    of = _unit(names, address)
    if variable.layer == INPUT:
        return of
    return f"{variable.what.value} of {of}"


def _unit(names: Names, node: Node) -> str:
    """ "the output", "the output for setosa", "hidden unit 1"."""
    name = names.node_name(node)
    return name if name[-1].isdecimal() and " for " not in name else f"the {name}"


def invitation(network: Network, names: Names) -> Sentence:
    """What the chain rule does, for whoever has selected nothing yet."""
    nested = _nested(network, names, Part(What.WEIGHT, 0))
    return (
        "The cost is functions nested in each other: ", nested,
        ". Its derivative by any variable in them is a product of one factor for each function passed. Click "
        "a weight, a unit or an input on the network to see it, or press E for weights and N for units.",
    )


def placeholder(network: Network, names: Names, variable: Part) -> Sentence:
    """What is held constant while this variable moves: "Cost = C(ŷ(Z_o(H(Z_h))))"."""
    symbol = names.of(variable)
    nested = _nested(network, names, variable)
    if variable.what in (What.WEIGHT, What.BIAS):
        return ("Cost = ", nested, ". Every other weight, bias and input is held constant.")
    if variable.layer == INPUT:
        return ("Cost = ", nested, ". Weights and biases are held constant.")
    return ("Cost = ", nested, ". ", symbol, " is a placeholder: all below it counts as constant.")


def _nested(network: Network, names: Names, variable: Part) -> Symbol:
    """C(ŷ(Z_o(H(Z_h(X W_h))))); of many functions the outer and the inner ones."""
    lowest = variable.layer
    shells = [names.cost()]
    for layer in range(network.depth - 1, lowest, -1):
        shells += [names.activation(layer), names.weighted_input(layer)]
    inner = variable.what
    if inner is not What.ACTIVATION:
        shells.append(names.activation(lowest))
    seed = names.of(Part(inner, lowest))
    if inner in (What.WEIGHT, What.BIAS):
        shells.append(names.weighted_input(lowest))
        seed = names.activation(lowest - 1) + upright(" ") + names.weight(lowest)
        if network.layers[lowest].bias:
            seed = seed + upright(" + ") + names.bias(lowest)
    whole = [*shells, seed]
    if len(whole) > _WHOLE:
        whole = [*whole[:3], upright("…"), *whole[-2:]]
    made = whole[0]
    for shell in whole[1:]:
        made = made + upright("(") + shell
    return made + upright(")" * (len(whole) - 1))


def fused_reason(network: Network, trace: StepTrace, names: Names, variable: Part) -> Sentence:
    """Why a chain begins with C'(Z_o) where output and cost belong together; otherwise nothing."""
    last = network.depth - 1
    if not trace.fused or (variable.what is What.ACTIVATION and variable.layer == last):
        return ()
    function = activation(network.layers[last].activation).label.capitalize()
    z, prediction = names.weighted_input(last), names.activation(last)
    slope = names.derivative(prediction, z)
    return (
        f"{function} and {cost(network.cost).label} belong together: ", names.pull(last), " · ", slope,
        " shortens to ", names.derivative(names.cost(), z), " = ",
        prediction, f"{_SPACE}−{_SPACE}", names.target(), ".",
    )


def along(chain: Chain, path: Path | None) -> Sentence:
    """Where there are several paths: what their sum is, and which of them is written out."""
    if chain.count == 1 or path is None:
        return ()
    if chain.told and chain.total == 0.0 and all(found.product == 0.0 for found in chain.paths or ()):
        nothing = f" = 0: nothing comes over any of the {count(chain.count)} paths. One of them is "
        return (chain.symbol, nothing, path.numbers.replace(" ", _SPACE), ":")
    total = number(chain.total if chain.told else None)
    whole: Sentence = (chain.symbol, f" = {total} is the sum over {count(chain.count)} paths. ")
    strongest = chain.paths is not None and path is chain.paths[0]
    way = path.numbers.replace(" ", _SPACE)
    named = "The strongest" if strongest and chain.told else "One of them"
    return (*whole, f"{named} is {way}:")


def batch_note(trace: StepTrace, chain: Chain) -> Sentence:
    """What the batch makes of the derivative, beside one example's; or what an average over it is."""
    many = count(trace.batch)
    if chain.averaged:
        if chain.paths is None:
            return (f"Factors differ by example, and {count(chain.count)} paths are too many to average one "
                    "by one: choose an example to see its paths.",)
        return (f"Factors differ by example, so none has a number here: each path shows the average of its "
                f"products over {many} examples.",)
    if chain.batch_average is None or not chain.told:
        return ()
    updates = chain.variable.what in (What.WEIGHT, What.BIAS)
    ending = ", and that is what updates it." if updates else "."
    return (f"Averaged over the batch of {many} it is {number(chain.batch_average)}{ending}",)


def what_makes_it_small(network: Network, names: Names, path: Path, form: Form) -> Sentence:
    """A zero factor by name, once it is told; the smallest factor, or all slopes together, once all are."""
    zero = next((factor for factor in path.factors if factor.told and factor.value == 0.0), None)
    if zero is not None:
        return (zero.symbol(form), " = 0: ", _blocked(network, names, zero))
    if len(path.factors) < 2 or not path.ends:
        return ()
    slopes = [f for f in path.factors if f.kind is Kind.SLOPE and not _is_identity(network, f)]
    sentence: Sentence = ()
    if path.smallest >= 0:
        smallest = path.factors[path.smallest]
        sentence = ("The smallest factor is ", smallest.symbol(form), f" = {number(smallest.value)}.")
    if len(slopes) >= _MANY_SLOPES:
        sentence = (*sentence, " ", *_together(network, slopes, path))
    return sentence


def _is_identity(network: Network, factor: Factor) -> bool:
    return network.layers[factor.layer].activation == "identity"


def _together(network: Network, slopes: list[Factor], path: Path) -> Iterator[str]:
    """ "The 10 sigmoid slopes, each at most 0.235, multiply to 1.20·10⁻⁷; the 10 weights to 1.25." """
    labels = {activation(network.layers[slope.layer].activation).label for slope in slopes}
    kind = f"{labels.pop()} slopes" if len(labels) == 1 else "slopes"
    largest = max(abs(slope.value) for slope in slopes)
    together = math.prod(slope.value for slope in slopes)
    weights = [factor.value for factor in path.factors if factor.kind is Kind.WEIGHT]
    rest = f"; the {count(len(weights))} weights to {number(math.prod(weights))}" if len(weights) > 1 else ""
    yield (f"The {count(len(slopes))} {kind}, each at most {number(largest)}, together multiply to "
           f"{number(together)}{rest}.")


def _blocked(network: Network, names: Names, factor: Factor) -> str:
    part = factor.derivative.part
    match factor.kind:
        case Kind.SLOPE if part is not None and part.unit is not None:
            function = network.layers[factor.layer].activation
            state = "closed" if function == "relu" else "flat here"
            unit = _unit(names, Node(factor.layer, part.unit))
            return f"the {activation(function).label} of {unit} is {state}, so nothing passes."
        case Kind.WEIGHT:
            return "this weight passes nothing on."
        case Kind.INPUT:
            return "what comes in is 0, so this weight takes no part in the prediction."
        case Kind.COST:
            return "the cost asks nothing of this output."
        case _:
            return "nothing passes."
