"""Weights and biases from and to other programs: .npz of NumPy, .safetensors of PyTorch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bpviz.document import npz_file, safetensors_file
from bpviz.document.errors import DocumentError, from_engine
from bpviz.document.whole_file import read_bytes
from bpviz.document.writing import save
from bpviz.engine.arrays import Array
from bpviz.engine.errors import EngineError
from bpviz.engine.network import LayerParameters, Network, Parameters, checked_parameters

LARGEST = 64_000_000  # bytes; the largest network takes 16
_SHOWN = 8            # names in an error
Named = Mapping[str, Array]
Pairs = list[tuple[Array, Array | None]]


def read_weights(path: Path, network: Network) -> Parameters:
    """Parameters of this network from a file that holds nothing else. Raises DocumentError.

    Either as bpviz names them, layer1.w (inputs, units) and layer1.b (units,); or as PyTorch does, one
    NAME.weight (units, inputs) and NAME.bias a layer, in the order of the layers or numbered by it.
    """
    ending, file = _ending(path), str(path)
    content = read_bytes(path, LARGEST)
    try:
        named = npz_file.read(content) if ending == ".npz" else safetensors_file.read(content)
        return _fitting(named, network)
    except DocumentError as error:
        raise DocumentError(error.expectation, place=error.place, file=file) from None


def write_weights(path: Path, network: Network, parameters: Parameters) -> None:
    """Replace the file by these parameters, in float64. Raises DocumentError.

    .npz: layer1.w, layer1.b and so on. .safetensors: as torch.nn.Sequential(Linear, activation, Linear, ...)
    names and lays them out: 0.weight (units, inputs), 0.bias, 2.weight and so on.
    """
    ending = _ending(path)
    checked = checked_parameters(network, parameters)
    if ending == ".npz":
        save(path, npz_file.written(_own(checked)))
    else:
        save(path, safetensors_file.written(_torch(checked)))


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in (".npz", ".safetensors"):
        raise DocumentError("expected a name that ends in .npz or .safetensors", file=str(path))
    return ending


def _own(parameters: Parameters) -> Named:
    named = {}
    for k, p in enumerate(parameters, start=1):
        named[f"layer{k}.w"] = p.w
        if p.b is not None:
            named[f"layer{k}.b"] = p.b
    return named


def _torch(parameters: Parameters) -> Named:
    named = {}
    for k, p in enumerate(parameters):
        named[f"{2 * k}.weight"] = p.w.T
        if p.b is not None:
            named[f"{2 * k}.bias"] = p.b
    return named


def _fitting(named: Named, network: Network) -> Parameters:
    for pairs in _arrangements(named):
        if _fits(pairs, network) and sum(1 + (b is not None) for _, b in pairs) == len(named):
            try:
                return checked_parameters(network, tuple(LayerParameters(w, b) for w, b in pairs))
            except EngineError as error:
                raise from_engine(error) from None
    wanted = [
        (f"layer{k}.{what}", shape)
        for k, (inputs, layer) in enumerate(zip(network.sizes, network.layers, strict=False), start=1)
        for what, shape in (("w", (inputs, layer.units)), ("b", (layer.units,)))[: 1 + layer.bias]
    ]
    found = _listed((name, array.shape) for name, array in named.items())
    raise DocumentError(f"expected {_listed(wanted)}, or as PyTorch names and turns them; found {found}")


def _arrangements(named: Named) -> Iterator[Pairs]:
    """The ways in which the names can be those of layers, the likeliest first."""
    own = [f"layer{k}" for k in range(1, 1 + sum(name.endswith(".w") for name in named))]
    if own:
        yield [(named[f"{name}.w"], named.get(f"{name}.b")) for name in own if f"{name}.w" in named]
    layers = [name.removesuffix(".weight") for name in named if name.endswith(".weight")]
    for order in (layers, sorted(layers, key=safetensors_file.natural)):
        yield [(named[f"{name}.weight"].T, named.get(f"{name}.bias")) for name in order]


def _fits(pairs: Pairs, network: Network) -> bool:
    sizes = zip(network.sizes, network.layers, strict=False)
    return len(pairs) == network.depth and all(
        w.shape == (inputs, layer.units)
        and (b.shape == (layer.units,) if b is not None else True) and layer.bias == (b is not None)
        for (w, b), (inputs, layer) in zip(pairs, sizes, strict=True)
    )


def _listed(shapes: Iterable[tuple[str, tuple[int, ...]]]) -> str:
    told = [f"{name} ({', '.join(map(str, shape))})" for name, shape in shapes]
    more = [f"{len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
    return ", ".join(told[:_SHOWN] + more) or "nothing"
