"""The environment is recognised when it is done, and distrusted after any change."""

import io
import os
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
from environment import CONSTRAINTS, Environment, alone, packages, pip_settings
from machine import Machine, MachineLacks
from progress import Progress

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    (tmp_path / "packaging").mkdir()
    (tmp_path / CONSTRAINTS).write_text("numpy==2.4.6\n")
    (tmp_path / "pyproject.toml").write_text('dependencies = ["llama-cpp-python==0.3.36"]\n')
    environment = Environment(tmp_path)
    environment.python.parent.mkdir(parents=True)
    (environment.folder / "pyvenv.cfg").write_text("version = 3.11.7\n")
    environment.python.symlink_to(sys.executable)
    return environment


def test_what_was_marked_is_ready_and_nothing_else(environment: Environment) -> None:
    assert not environment.ready(packages())
    environment.mark(packages())
    environment.mark("qt")
    assert environment.ready(packages())
    assert environment.ready("qt")
    assert not environment.ready(packages("test"))


@pytest.mark.parametrize("path", ["pyproject.toml", CONSTRAINTS, ".venv/pyvenv.cfg"])
def test_a_change_of_the_pins_or_of_the_python_voids_the_stamp(
    environment: Environment, path: str
) -> None:
    environment.mark(packages())
    with (environment.root / path).open("a") as file:
        file.write("# changed\n")
    assert not environment.ready(packages())


def test_another_interpreter_behind_the_link_voids_the_stamp(
    environment: Environment, tmp_path: Path
) -> None:
    environment.mark(packages())
    other = tmp_path / "python3.14"
    other.write_text("")
    environment.python.unlink()
    environment.python.symlink_to(other)
    assert not environment.ready(packages())
    other.unlink()
    assert not environment.ready(packages())


def test_a_project_that_was_moved_is_installed_again(
    environment: Environment, tmp_path: Path
) -> None:
    environment.mark(packages())
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(moved)
    assert not Environment(moved).ready(packages())


def test_a_damaged_stamp_is_as_good_as_none(environment: Environment) -> None:
    environment.mark(packages())
    for text in ("", "{", "[]", '{"key": 1}', "null"):
        (environment.folder / "attune-stamp.json").write_text(text)
        assert not environment.ready(packages())


def test_without_a_compiler_the_command_that_brings_one_is_named(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.python.unlink()
    variables = {"PATH": "", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    machine = Machine("Linux", "debian", True, variables)
    progress = Progress(io.StringIO(), environment.log)
    with pytest.raises(MachineLacks, match="apt install build-essential"):
        environment.install("", None, machine, progress)
    assert not environment.ready(packages())


def test_pip_sees_the_pins_and_keeps_what_the_user_has_set() -> None:
    settings = pip_settings({"PIP_CONSTRAINT": "mine.txt", "CMAKE_ARGS": "-DGGML_BLAS=ON"})
    assert settings["PIP_CONSTRAINT"] == f"mine.txt {CONSTRAINTS}"
    assert settings["CMAKE_ARGS"].endswith(" -DGGML_BLAS=ON")
    assert "-DLLAVA_BUILD=OFF" in settings["CMAKE_ARGS"]


def test_what_is_installed_has_the_pinned_versions() -> None:
    lines = (ROOT / CONSTRAINTS).read_text().splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    here = {
        each.metadata["Name"].lower().replace("_", "-"): each.version for each in distributions()
    }
    assert len(pins) > 40
    assert {name: here[name] for name in pins if here.get(name, pins[name]) != pins[name]} == {}


@pytest.mark.skipif(os.name == "nt", reason="the second process is made with POSIX quoting")
def test_a_second_installation_waits_for_the_first(environment: Environment) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from environment import alone; from progress import Progress\n"
        "root = pathlib.Path(sys.argv[2])\n"
        "with alone(root, Progress(sys.stderr, root / 'log')): print('mine')\n"
    )
    command = [sys.executable, "-c", code, str(ROOT / "packaging"), str(environment.root)]
    with alone(environment.root, Progress(io.StringIO(), environment.log)):
        second = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        assert second.poll() is None
    output, _ = second.communicate(timeout=20)
    assert output == "mine\n"
