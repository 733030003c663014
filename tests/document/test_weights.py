"""Weights go to other programs and come back in every bit; what does not fit is told, and harms nothing."""

import io
import itertools
import json
import struct
import zipfile

import numpy as np
import pytest
from safetensors.numpy import load_file
from safetensors.numpy import save_file as save_tensors

from bpviz.document.errors import DocumentError
from bpviz.document.weights import LARGEST, read_weights, write_weights
from tests.document.memory import at_most
from tests.engine.nets import drawn, network, same

NET = network((3, 4, 2), "tanh")
OWN = {"layer1.w": (3, 4), "layer1.b": (4,), "layer2.w": (4, 2), "layer2.b": (2,)}
TORCH = {"fc1.weight": (4, 3), "fc1.bias": (4,), "fc2.weight": (2, 4), "fc2.bias": (2,)}
EXPECTED = (
    "expected layer1.w (3, 4), layer1.b (4), layer2.w (4, 2), layer2.b (2), "
    "or as PyTorch names and turns them"
)


def arrays(shapes, kind="f8"):
    random = np.random.default_rng(0)
    return {name: random.uniform(-1.0, 1.0, shape).astype(kind) for name, shape in shapes.items()}


def refused(path, content=None):
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read_weights(path, NET)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


def saved(path, named):
    """The file as NumPy or the library of safetensors writes it."""
    if path.suffix == ".npz":
        np.savez(path, **named)
    else:
        save_tensors({name: np.ascontiguousarray(array) for name, array in named.items()}, path)
    return path


@pytest.mark.parametrize("ending", [".npz", ".safetensors", ".NPZ"])
@pytest.mark.parametrize("bias", [True, False])
def test_what_is_written_comes_back_in_every_bit(tmp_path, ending, bias):
    net = network((2,) * 13, "tanh", bias=bias)  # square, so that only names tell: 10 comes after 2
    write_weights(tmp_path / f"mine{ending}", net, drawn(net))
    assert same(read_weights(tmp_path / f"mine{ending}", net), drawn(net))


def test_numpy_and_safetensors_read_what_is_written(tmp_path):
    parameters = drawn(NET)
    write_weights(tmp_path / "mine.npz", NET, parameters)
    write_weights(tmp_path / "mine.safetensors", NET, parameters)
    with np.load(tmp_path / "mine.npz", allow_pickle=False) as named:
        assert {name: array.shape for name, array in named.items()} == OWN
        assert np.array_equal(named["layer2.w"], parameters[1].w)
    tensors = load_file(tmp_path / "mine.safetensors")
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        "0.weight": (4, 3), "0.bias": (4,), "2.weight": (2, 4), "2.bias": (2,),
    }  # fmt: skip
    assert np.array_equal(tensors["2.weight"], parameters[1].w.T)


@pytest.mark.parametrize("ending", [".npz", ".safetensors"])
@pytest.mark.parametrize("kind", ["f2", "f4", "f8"])
def test_pytorchs_names_are_read_turned_in_any_precision(tmp_path, ending, kind):
    named = arrays(TORCH, kind)
    read = read_weights(saved(tmp_path / f"mine{ending}", named), NET)
    assert np.array_equal(read[0].w, named["fc1.weight"].T.astype(np.float64))
    assert np.array_equal(read[1].b, named["fc2.bias"].astype(np.float64))


def test_layers_of_pytorch_come_in_their_order_or_in_that_of_their_numbers(tmp_path):
    net = network((2,) * 12, "tanh", bias=False)
    named = {f"net.{k}.weight": np.full((2, 2), float(k)) for k in range(11)}
    for ending in (".npz", ".safetensors"):
        read = read_weights(saved(tmp_path / f"mine{ending}", named), net)
        assert [layer.w[0, 0] for layer in read] == list(range(11))
    words = {f"{word}.weight": np.full((2, 2), float(k)) for k, word in enumerate("zyx")}
    read = read_weights(saved(tmp_path / "words.npz", words), network((2, 2, 2, 2), "tanh", bias=False))
    assert [layer.w[0, 0] for layer in read] == [0.0, 1.0, 2.0]


def tensors(header, data=b""):
    """A .safetensors file with this header."""
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def test_bfloat16_is_read(tmp_path):
    """1.5 is 0x3fc0: the upper half of its float32."""
    header, data = {}, b""
    for name, shape in TORCH.items():
        content = b"\xc0\x3f" * int(np.prod(shape))
        offsets = [len(data), len(data) + len(content)]
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": offsets}
        data += content
    path = tmp_path / "mine.safetensors"
    path.write_bytes(tensors(header, data))
    assert all((layer.w == 1.5).all() and (layer.b == 1.5).all() for layer in read_weights(path, NET))


@pytest.mark.parametrize("ending", [".npz", ".safetensors"])
@pytest.mark.parametrize(
    ("shapes", "found"),
    [
        ({}, "nothing"),
        ({"layer1.w": (3, 4)}, "layer1.w (3, 4)"),
        (OWN | {"layer3.w": (2, 2)}, "layer3.w (2, 2)"),
        (OWN | {"mean": (3,)}, "mean (3)"),
        (OWN | {"layer2.b": (3,)}, "layer2.b (3)"),
        (OWN | {"layer2.w": (2, 4)}, "layer2.w (2, 4)"),
        (TORCH | {"fc2.weight": (4, 2)}, "fc2.weight (4, 2)"),
        ({name: TORCH[name] for name in ("fc1.weight", "fc2.weight")}, "fc2.weight (2, 4)"),
        ({f"a{k}": (1,) for k in range(30)}, "22 more"),
    ],
)
def test_what_does_not_fit_is_told_with_what_was_expected(tmp_path, ending, shapes, found):
    said = refused(saved(tmp_path / f"mine{ending}", arrays(shapes)))
    assert said.startswith(f"{EXPECTED}; found ") and found in said and "\n" not in said


@pytest.mark.parametrize("ending", [".npz", ".safetensors"])
def test_numbers_that_mean_nothing_are_refused(tmp_path, ending):
    named = arrays(OWN)
    named["layer2.w"][1, 1] = np.nan
    assert "parameters[1].w: expected finite numbers" in refused(saved(tmp_path / f"mine{ending}", named))
    named["layer2.w"] = np.ones((4, 2), dtype=np.int32)
    assert "'layer2.w': expected " in refused(saved(tmp_path / f"mine{ending}", named))


def test_other_endings_are_refused_both_ways(tmp_path):
    for path in (tmp_path / "mine.pt", tmp_path / "npz"):
        assert refused(path) == "expected a name that ends in .npz or .safetensors"
        with pytest.raises(DocumentError, match=r"ends in \.npz or \.safetensors"):
            write_weights(path, NET, drawn(NET))
    assert refused(tmp_path / "none.npz").startswith("cannot be read: No such file")


# -- hostile files ---------------------------------------------------------------------------------


class Trap:
    """Would be called by a reader that unpickles."""

    def __reduce__(self):
        return pytest.fail, ("something in a file was executed",)


def archive(content, name="layer1.w.npy", times=1):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for k in range(times):
            packed.writestr(name if times == 1 else f"{k}{name}", content)
    return file.getvalue()


def npy(header, data=b""):
    text = header.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + data


def with_shape(shape, kind="<f8"):
    return npy(f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}", b"\0" * 64)


def test_objects_are_refused_and_nothing_is_executed(tmp_path):
    path = tmp_path / "mine.npz"
    np.savez(path, allow=np.array([Trap()], dtype=object))
    assert "'allow': expected float16, float32 or float64, got object" in refused(path)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, archive(b""), archive(b"\x93NUMPY"),
        archive(npy("__import__('os')")), archive(npy("{" * 100)), archive(npy("'\\n" + "(" * 50)),
        archive(with_shape("(1000000000, 1000000000)")), archive(with_shape("(-2, -4)")),
        archive(with_shape("(8,)", "<i8")), archive(with_shape("(8,)", "|O")), archive(with_shape("()")),
        archive(with_shape("(8,)"), times=1001), archive(with_shape("(9,)")),
        archive(b"\0" * (LARGEST + 1)), archive(with_shape("(8,)"))[:-30],
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_a_hostile_npz_is_refused_with_little_memory(tmp_path, content):
    with at_most(5_000_000):
        refused(tmp_path / "mine.npz", content)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff" * 8, b"\xff" * 7 + b"\x00{}", struct.pack("<Q", 2) + b"{", tensors([]),
        tensors({"a": 1}),
        tensors({"a": {"dtype": "F64", "shape": [10**9, 10**9], "data_offsets": [0, 8]}}, b"\0" * 8),
        tensors({"a": {"dtype": "F64", "shape": [1], "data_offsets": [0, 2**60]}}, b"\0" * 8),
        tensors({"a": {"dtype": "F64", "shape": [1], "data_offsets": [8, 0]}}, b"\0" * 8),
        tensors({"a": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}}, b"\0" * 8),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_a_hostile_safetensors_file_is_refused_with_little_memory(tmp_path, content):
    with at_most(5_000_000):
        refused(tmp_path / "mine.safetensors", content)


@pytest.mark.parametrize("ending", [".npz", ".safetensors"])
def test_a_thousand_damaged_files_are_read_or_refused(tmp_path, ending):
    path = tmp_path / f"mine{ending}"
    write_weights(path, NET, drawn(NET))
    whole, random = path.read_bytes(), np.random.default_rng(0)
    for _ in range(500):
        content = bytearray(whole)
        for _ in range(int(random.integers(1, 4))):
            content[int(random.integers(len(content)))] = int(random.integers(256))
        path.write_bytes(content[: int(random.integers(len(content))) if random.integers(3) == 0 else None])
        try:
            read = read_weights(path, NET)
        except DocumentError as error:
            assert str(error).startswith(f"{path}: ")
        else:
            assert [layer.w.shape for layer in read] == [(3, 4), (4, 2)]
