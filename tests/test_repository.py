"""What the repository promises around the program: a whole wheel, its papers, and a README that is true."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bpviz import __version__
from bpviz.document.preset import preset_names
from bpviz.qt.shortcuts import SHORTCUTS

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FUNCTION = 40
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree with what is installed: nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*_PIP, "wheel", *options, str(ROOT)], check=True, timeout=120)
    (built,) = folder.glob("bpviz-*.whl")
    return built


def test_the_wheel_holds_every_resource_but_the_screenshots(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("bpviz/resources/")}
    files = (file for file in (ROOT / "resources").rglob("*") if file.is_file())
    shipped = {f"bpviz/{file.relative_to(ROOT).as_posix()}" for file in files}
    assert packed == {name for name in shipped if "/screenshots/" not in name}
    assert "bpviz/resources/presets/toy.json" in packed


def test_the_wheel_holds_the_package_and_its_licence_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"bpviz", f"bpviz-{__version__}.dist-info"}
    assert f"bpviz-{__version__}.dist-info/licenses/LICENSE" in names


def test_the_installed_wheel_finds_its_presets(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    options = ["--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*_PIP, "install", *options, str(wheel)], check=True, timeout=120)
    code = "import bpviz; print(bpviz.__file__); from bpviz.cli import main; main(['presets'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(target)},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    place, *presets = done.stdout.splitlines()
    assert Path(place).is_relative_to(target)
    assert tuple(line.split()[0] for line in presets) == preset_names()


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_file_that_the_readme_shows_or_links_is_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    linked = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    local = [link for link in linked if "://" not in link]
    assert local
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_the_readme_lists_every_shortcut_and_every_preset() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [shortcut.text for shortcut in SHORTCUTS if f"| {shortcut.text} |" not in text] == []
    assert [name for name in preset_names() if f"`{name}`" not in text] == []


def test_no_function_is_longer_than_a_screen() -> None:
    """Counted from def to its last line, as the style has it: never past 40."""
    long = []
    for file in sorted((ROOT / "bpviz").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name} has {lines} lines")
    assert long == []


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such bit there")
@pytest.mark.parametrize("script", [".ci/run", "scripts/setup.sh"])
def test_the_scripts_can_be_run_and_are_sound_shell(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", str(ROOT / script)], check=True, timeout=30)


def imported_by(folder: str) -> set[str]:
    """The top-level names of everything that the files of a floor import."""
    names: set[str] = set()
    for file in (ROOT / "bpviz" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"bpviz"}


@pytest.mark.parametrize(
    ("floor", "allowed"),
    [
        ("engine", {"numpy", "numba", "llvmlite"}),  # the latter two for the training kernel
        ("document", {"numpy", "msgspec", "safetensors"}),
        ("explain", {"numpy"}),
        ("commands", {"PySide6"}),
    ],
)
def test_a_floor_imports_what_it_may_and_nothing_else(floor: str, allowed: set[str]) -> None:
    assert imported_by(floor) <= allowed


def test_every_folder_with_code_is_a_package() -> None:
    """The layering check does not see into a folder that is none."""
    folders = {file.parent for file in (ROOT / "bpviz").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
