"""The commands, run as a person runs them: what they print, where errors go, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bpviz import __version__
from bpviz.cli import main
from bpviz.document.preset import preset_names
from bpviz.document.resource import resource

# Ctrl-C must arrive even where the suite itself runs in the background, which ignores it.
_START = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
_RUN = _START + "import sys; from bpviz.cli import main; sys.exit(main())"
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def environment(**changes: str) -> dict[str, str]:
    """This environment without a display."""
    return {name: value for name, value in os.environ.items() if name not in _DISPLAYS} | changes


def bpviz(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _RUN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment(**changes), timeout=120)


def fails(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """The one line that the command says on stderr, having printed nothing and ended with this code."""
    assert main(list(arguments)) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("bpviz: ")
    assert printed.err.count("\n") == 1
    assert printed.err.endswith("\n")
    return printed.err


# -- bpviz ---------------------------------------------------------------------------------------


def test_the_version_is_the_packages_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bpviz {__version__}\n"


@pytest.mark.parametrize("command", [[], ["presets"], ["train"], ["trace"], ["render"]], ids=" ".join)
def test_help_explains_every_command(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: bpviz")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize("arguments", [[], ["xor"]], ids=["toy", "xor"])
def test_without_a_display_one_line_names_the_commands_that_need_none(arguments: list[str]) -> None:
    done = bpviz(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "bpviz: there is no display for the window; these need none: bpviz presets, train, trace, render\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_display_that_does_not_answer_is_said_in_one_line() -> None:
    done = bpviz(DISPLAY=":7357")
    assert done.returncode == 2
    assert done.stderr.startswith("bpviz: the display :7357 does not answer")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["toi"], "unknown preset 'toi'; did you mean 'toy'?"),
        (["train", "spirall"], "did you mean 'spiral'?"),
        (["trace", "iriss"], "did you mean 'iris'?"),
        (["rendr", "toy", "-o", "x.png"], "'rendr' is not a command; did you mean 'bpviz render'?"),
        (["TOY"], "unknown preset 'TOY'; did you mean 'toy'?"),
        (["trian", "toy"], "'trian' is not a command; did you mean 'bpviz train'?"),
        (["preset"], "did you mean 'bpviz presets'?"),
        (["toy", "xor"], "expected one preset or file, got 2"),
        (["train", "toy", "--epochs", "many"], "--epochs: expected a whole number, 0 or more; got 'many'"),
        (["trace", "toy", "--step", "-1"], "--step: expected a whole number, 0 or more; got '-1'"),
        (["train", "toy", "--seed", "99999999999999999999"], "seed"),
        (["train"], "the following arguments are required: PRESET|FILE; see 'bpviz train --help'"),
        (["presets", "--jsonn"], "unrecognized arguments: --jsonn"),
        (["train", "nowhere.json"], "nowhere.json: cannot be read: No such file or directory"),
        (["train", "toy", "--costs", "/nowhere/costs.csv"], "the folder /nowhere does not exist"),
        (["train", "toy", "--costs", "/"], "expected the name of a file, this is a folder"),
    ],
)
def test_a_wrong_request_is_one_line_and_exit_code_2(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expected in fails(capsys, *arguments)


def test_a_file_that_is_no_preset_is_named_with_the_place_of_its_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(resource("presets", "toy.json").read_text("utf-8"))
    content["experiment"]["epochs"] = "many"
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(content), "utf-8")
    said = fails(capsys, "trace", str(file))
    assert str(file) in said
    assert "experiment.epochs" in said


# -- presets ----------------------------------------------------------------------------------------


def test_presets_are_listed_a_line_each_in_teaching_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert tuple(line.split()[0] for line in lines) == preset_names()


def test_presets_as_json_tell_what_to_look_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets", "--json"]) == 0
    presets = json.loads(capsys.readouterr().out)
    assert tuple(preset["name"] for preset in presets) == preset_names()
    assert all(preset["title"] and preset["description"] and preset["look_for"] for preset in presets)
    toy = presets[preset_names().index("toy")]
    assert (toy["sizes"], toy["activations"], toy["cost"]) == (
        [1, 1, 1],
        ["relu", "relu"],
        "half_squared_error",
    )


@pytest.mark.parametrize(
    "arguments", [["presets"], ["trace", "toy"], ["train", "toy", "--epochs", "2"]], ids=" ".join
)
def test_commands_without_a_picture_never_load_qt(arguments: list[str]) -> None:
    check = "print([m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph'))], file=sys.stderr)"
    code = f"import sys; from bpviz.cli import main; main(); {check}"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
    )
    assert done.stderr == "[]\n"


def test_the_help_loads_neither_numpy_nor_qt() -> None:
    """So that it is there at once."""
    check = "print('numpy' in sys.modules, file=sys.stderr)"
    code = f"import sys; from bpviz.cli import main; main(['--help']); {check}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stderr == "False\n"


# -- streams and interruption --------------------------------------------------------------------------


def test_a_reader_that_leaves_early_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _RUN, "presets", "--json"],
            stdout=write,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_output_that_cannot_be_written_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", _RUN, "presets"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == "bpviz: No space left on device\n"


def test_a_terminal_without_the_letters_still_gets_its_lines() -> None:
    done = bpviz("presets", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == len(preset_names())


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other there")
def test_interrupted_training_leaves_no_file_and_no_traceback(tmp_path: Path) -> None:
    """Exit code 130; the file of costs stays as it was."""
    costs = tmp_path / "costs.csv"
    costs.write_text("as it was", "utf-8")
    # Training reports to a stderr that claims to be a terminal: its first letter says that it is under way.
    code = "import sys; sys.stderr.isatty = lambda: True; " + _RUN
    command = [sys.executable, "-c", code, "train", "digits", "--epochs", "1000000", "--costs", str(costs)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(TERM="xterm")
    ) as run:
        assert run.stderr is not None
        first = run.stderr.read(1)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (130, b"")
    assert b"Traceback" not in first + err
    assert [file.name for file in tmp_path.iterdir()] == ["costs.csv"]
    assert costs.read_text("utf-8") == "as it was"
