"""Without node, npm or a network the libraries for Node.js are left out, and it is said why."""

import shutil
import subprocess

import pytest

from tests.benchmarks import node_peers
from tests.benchmarks.plain import Task

TASK = Task((2, 4, 2, 1), False)


@pytest.fixture(autouse=True)
def _nothing_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(node_peers, "FOLDER", tmp_path / "bench")
    trouble = node_peers.trouble
    trouble.cache_clear()
    yield
    trouble.cache_clear()


def there(*tools):
    return lambda tool: tool if tool in tools else None


@pytest.mark.parametrize(("tools", "why"), [
    ((), "no node here"),
    (("node",), "no npm here to install it"),
    (("node", "npm"), "npm could not install it"),
])  # fmt: skip
def test_what_is_missing_is_named(tools, why, monkeypatch):
    monkeypatch.setattr(shutil, "which", there(*tools))
    monkeypatch.setattr(subprocess, "run", refuse)
    assert node_peers.node_peers(TASK) == {"convnetjs": why, "synaptic": why}


def refuse(command, **_options):
    raise subprocess.CalledProcessError(1, command)


def test_npm_is_asked_once_for_the_versions_that_are_compared_with(monkeypatch):
    asked = []
    monkeypatch.setattr(shutil, "which", there("node", "npm"))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: asked.append(command))
    assert node_peers.trouble() == node_peers.trouble() == ""
    assert len(asked) == 1
    assert asked[0][-2:] == ["convnetjs@0.3.0", "synaptic@1.1.4"]
    assert str(node_peers.FOLDER) in asked[0]


def test_what_is_installed_already_needs_no_npm(monkeypatch):
    for name, number in node_peers.PACKAGES.items():
        folder = node_peers.FOLDER / "node_modules" / name
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(f'{{"version": "{number}"}}')
    monkeypatch.setattr(shutil, "which", there("node"))
    assert node_peers.trouble() == ""


def test_too_many_weights_to_be_written_out_are_not_given_to_synaptic(monkeypatch):
    monkeypatch.setattr(node_peers, "trouble", lambda: "")
    monkeypatch.setattr(node_peers, "_started", lambda name, _task: name)
    found = node_peers.node_peers(Task((784, 128, 10), True))
    assert found["convnetjs"] == "convnetjs"
    assert found["synaptic"].startswith("it writes out all 101,632 weights")
