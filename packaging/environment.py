"""The virtual environment in .venv: made, filled with pinned packages, recognised when it is done.

Contract: `ready` answers in milliseconds, from a stamp that holds only for this pyproject.toml,
these constraints, this interpreter and this folder. An installation that was killed half-way is
made anew. Only one installation works on a folder at a time. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from machine import Machine, MachineLacks, check_compiler, has_compiler
from progress import Progress, StepFailed

CONSTRAINTS = "packaging/constraints.txt"
COMPILED = "llama-cpp-python"
# What the program does not use of llama.cpp is not compiled: image models, programs, tests.
CMAKE_ARGS = (
    "-DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF "
    "-DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_SERVER=OFF"
)


@dataclass(frozen=True)
class Environment:
    """The virtual environment of the project at `root`."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where it lives."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def log(self) -> Path:
        """The output of the step that ran last."""
        return self.folder / "bootstrap.log"

    @property
    def _stamp(self) -> Path:
        return self.folder / "attune-stamp.json"

    @property
    def _unfinished(self) -> Path:
        return self.folder / "attune-unfinished"

    def key(self) -> str:
        """Changes with everything that an installation depends on."""
        digest = hashlib.sha256()
        for path in ("pyproject.toml", CONSTRAINTS, ".venv/pyvenv.cfg"):
            digest.update((self.root / path).read_bytes() + b"\0")
        digest.update(f"{self.python.resolve()}\0{self.root}".encode())
        return digest.hexdigest()

    def ready(self, what: str) -> bool:
        """Whether `what` was done for exactly this environment and is still there."""
        return self.python.is_file() and what in self._done()

    def mark(self, what: str) -> None:
        """Remembers that `what` is done."""
        text = json.dumps({"key": self.key(), "done": sorted({*self._done(), what})})
        draft = self._stamp.with_suffix(".draft")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self._stamp)

    def _done(self) -> list[str]:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
            return list(stamp["done"]) if stamp["key"] == self.key() else []
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def install(self, extra: str, torch_index: str | None, machine: Machine, to: Progress) -> None:
        """Makes the environment if need be and installs the program with the given extra."""
        self._make(machine, to)
        self._unfinished.touch()
        settings = pip_settings(machine.environment)
        try:
            if not self._has_compiled():
                self._compile(machine, settings, to)
            self._install_rest(extra, torch_index, settings, to)
        except (StepFailed, MachineLacks):
            self._unfinished.unlink()  # pip ended in good order: what it installed is whole
            raise
        self._unfinished.unlink()
        self.mark(packages())
        self.mark(packages(extra))

    def _install_rest(
        self, extra: str, torch_index: str | None, settings: dict[str, str], to: Progress
    ) -> None:
        index = ["--extra-index-url", torch_index] if torch_index else []
        if platform.system() == "Linux" and platform.machine() == "x86_64" and not torch_index:
            to.say(
                "(Should this fetch gigabytes of CUDA libraries, stop it and give --torch-index; "
                "see --help.)"
            )
        target = f".[{extra}]" if extra else "."
        command = self._pip(*index, "--editable", target)
        to.run("Installing the pinned packages", command, self.root, settings)

    def _pip(self, *arguments: str) -> list[str]:
        pip = [str(self.python), "-m", "pip", "install", "--no-input", "--progress-bar=off"]
        return [*pip, *arguments]

    def _make(self, machine: Machine, to: Progress) -> None:
        if not self._unfinished.exists() and self._works():
            return
        to.say(f"Making the virtual environment {self.folder}")
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        made = subprocess.run(command, capture_output=True, text=True, env=machine.environment)
        if made.returncode != 0:
            reason = (made.stderr or made.stdout).strip()
            raise MachineLacks(
                f"The virtual environment {self.folder} could not be made ({reason}); free some "
                "space or make the folder writable, then run the same command again."
            )

    def _works(self) -> bool:
        """Whether it has pip and runs on the Python it was made for (a system update moves it)."""
        if not self.python.is_file():
            return False
        code = "import sys, pip; print(*sys.version_info[:2], sep='.')"
        asked = subprocess.run([str(self.python), "-c", code], capture_output=True, text=True)
        config = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8")
        return asked.returncode == 0 and f"version = {asked.stdout.strip()}." in config

    def _pin(self) -> str:
        text = (self.root / "pyproject.toml").read_text(encoding="utf-8")
        found = re.search(rf'"{COMPILED}==([^"\s]+)"', text)
        if found is None:
            raise ValueError(f"pyproject.toml pins no {COMPILED}")
        return found.group(1)

    def _has_compiled(self) -> bool:
        code = f"import importlib.metadata as m; print(m.version('{COMPILED}'))"
        asked = subprocess.run([str(self.python), "-c", code], capture_output=True, text=True)
        return asked.stdout.strip() == self._pin()

    def _compile(self, machine: Machine, settings: dict[str, str], to: Progress) -> None:
        requirement = f"{COMPILED}=={self._pin()}"
        if not has_compiler(machine):
            command = self._pip("--only-binary", COMPILED, requirement)
            try:
                title = "No compiler here; looking for a llama.cpp that is ready made"
                to.run(title, command, self.root, settings)
            except StepFailed:
                check_compiler(machine)
                raise
            return
        to.say(
            "llama.cpp, which runs the model, is now compiled for this processor: 3 to 10 "
            "minutes, only this first time."
        )
        command = self._pip("--verbose", requirement)
        to.run("Compiling llama.cpp", command, self.root, settings)


def packages(extra: str = "") -> str:
    """What the stamp says when the packages of an extra are installed."""
    return f"packages[{extra}]" if extra else "packages"


def pip_settings(environment: dict[str, str]) -> dict[str, str]:
    """The variables that pip and the build of llama.cpp are to see."""
    constraints = f"{environment.get('PIP_CONSTRAINT', '')} {CONSTRAINTS}".strip()
    return {
        "CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count() or 1),
        **environment,
        # Read by pip up to 25.2 for builds too, and by later ones for the program alone.
        "PIP_CONSTRAINT": constraints,
        "PIP_BUILD_CONSTRAINT": constraints,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONUNBUFFERED": "1",
        "CMAKE_ARGS": f"{CMAKE_ARGS} {environment.get('CMAKE_ARGS', '')}".strip(),
    }


@contextmanager
def alone(root: Path, to: Progress) -> Iterator[None]:
    """Waits until no other installation works on this folder, then keeps others waiting."""
    with (root / CONSTRAINTS).open("rb") as file:
        if not _lock(file.fileno(), wait=False):
            to.say("Another installation is at work in this folder; waiting for it to end ...")
            _lock(file.fileno(), wait=True)
        yield


def _lock(descriptor: int, wait: bool) -> bool:
    """Locks an open file until it is closed; True also where the file system has no locks."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # past its end, so that reading stays free
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
