"""What the machine itself must have before Attune can be installed: compiler, venv, Qt's libraries.

Contract: whatever is missing is named together with the command that installs it on this kind of
machine (Debian and Ubuntu, Fedora, Arch; macOS; Windows). Nothing is installed here. Standard
library only. Run as a script it prints the Debian packages that are missing, one a line.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

OLDEST_PYTHON = (3, 11)

COMMANDS = {
    "debian": "apt install",
    "fedora": "dnf install",
    "arch": "pacman -S",
}
TITLES = {"debian": "Debian and Ubuntu", "fedora": "Fedora", "arch": "Arch"}
KIN = {**{family: family for family in COMMANDS}, "ubuntu": "debian", "rhel": "fedora"}


@dataclass(frozen=True)
class Packages:
    """The names of one thing in the three package worlds (several, if separated by spaces)."""

    debian: str
    fedora: str
    arch: str


COMPILER = Packages("build-essential", "gcc gcc-c++ make", "base-devel")

_GLIB = Packages("libglib2.0-0", "glib2", "glib2")
_XCB = "libxcb"
_WAYLAND_ARCH = "wayland"

# The sonames that the wheels of PySide6 leave to the system, by what Qt needs them for.
WINDOWLESS = {
    "libEGL.so.1": Packages("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": Packages("libgl1", "libglvnd-glx", "libglvnd"),
    "libxkbcommon.so.0": Packages("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libdbus-1.so.3": Packages("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig.so.1": Packages("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": Packages("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0.so.0": _GLIB,
    "libgthread-2.0.so.0": _GLIB,
    "libX11.so.6": Packages("libx11-6", "libX11", "libx11"),
    "libxcb.so.1": Packages("libxcb1", _XCB, _XCB),
    "libzstd.so.1": Packages("libzstd1", "libzstd", "zstd"),
}
X11 = {
    "libxcb-cursor.so.0": Packages("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": Packages("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": Packages("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": Packages("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": Packages("libxcb-randr0", _XCB, _XCB),
    "libxcb-render-util.so.0": Packages(
        "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"
    ),
    "libxcb-render.so.0": Packages("libxcb-render0", _XCB, _XCB),
    "libxcb-shape.so.0": Packages("libxcb-shape0", _XCB, _XCB),
    "libxcb-shm.so.0": Packages("libxcb-shm0", _XCB, _XCB),
    "libxcb-sync.so.1": Packages("libxcb-sync1", _XCB, _XCB),
    "libxcb-util.so.1": Packages("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": Packages("libxcb-xfixes0", _XCB, _XCB),
    "libxcb-xkb.so.1": Packages("libxcb-xkb1", _XCB, _XCB),
    "libxkbcommon-x11.so.0": Packages("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libX11-xcb.so.1": Packages("libx11-xcb1", "libX11-xcb", "libx11"),
}
WAYLAND = {
    "libwayland-client.so.0": Packages("libwayland-client0", "libwayland-client", _WAYLAND_ARCH),
    "libwayland-cursor.so.0": Packages("libwayland-cursor0", "libwayland-cursor", _WAYLAND_ARCH),
    "libwayland-egl.so.1": Packages("libwayland-egl1", "libwayland-egl", _WAYLAND_ARCH),
}
LIBRARIES = {**WINDOWLESS, **X11, **WAYLAND}


class MachineLacks(Exception):
    """One clear sentence: what the machine lacks and the command that installs it."""


@dataclass(frozen=True)
class Machine:
    """The facts about this computer that decide what to install, and how."""

    system: str  # "Linux", "Darwin" or "Windows"
    family: str | None  # a key of COMMANDS; None: another Linux, or no Linux
    root: bool
    environment: dict[str, str]

    def command(self, packages: list[Packages]) -> str:
        """The shell command that installs `packages`; all three, if the family is unknown."""
        families = [self.family] if self.family else list(COMMANDS)
        lines = []
        for family in families:
            names = sorted({n for each in packages for n in getattr(each, family).split()})
            prefix = "" if self.root else "sudo "
            line = f"{prefix}{COMMANDS[family]} {' '.join(names)}"
            lines.append(line if self.family else f"{line} ({TITLES[family]})")
        return " or ".join(lines)

    def find(self, *programs: str) -> str | None:
        """The first of `programs` that the search path holds."""
        path = self.environment.get("PATH", "")
        found = (shutil.which(name, path=path) for name in programs)
        return next((each for each in found if each), None)


def this_machine() -> Machine:
    """The computer that this program runs on."""
    release = Path("/etc/os-release")
    text = release.read_text(encoding="utf-8", errors="replace") if release.is_file() else ""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return Machine(platform.system(), linux_family(text), root, dict(os.environ))


def linux_family(os_release: str) -> str | None:
    """The package world that the text of /etc/os-release belongs to."""
    pairs = (line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    values = {key.strip(): value.strip().strip("\"'") for key, value in pairs}
    words = [values.get("ID", ""), *values.get("ID_LIKE", "").split()]
    return next((KIN[word] for word in words if word in KIN), None)


def check_python(machine: Machine, version: tuple[int, ...]) -> None:
    """Refuses a Python that is too old, or that lacks the parts that make environments."""
    if version < OLDEST_PYTHON:
        here = ".".join(str(part) for part in version)
        raise MachineLacks(
            f"Attune needs Python 3.11 or newer and this is {here}; {_newer(machine)}"
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        name = f"python{version[0]}.{version[1]}-venv"
        command = machine.command([Packages(name, "python3-libs", "python")])
        raise MachineLacks(
            "This Python has no venv module, which Attune is installed with; get it and run the "
            f"same command again: {command}"
        )


def _newer(machine: Machine) -> str:
    found = machine.find(*(f"python3.{minor}" for minor in range(14, 10, -1)))
    if found:
        return f"run the same command with {found}, which this machine has"
    ways = {"Darwin": "brew install python@3.12", "Windows": "winget install Python.Python.3.12"}
    newer = Packages("python3.11 python3.11-venv", "python3.12", "python")
    command = ways.get(machine.system) or machine.command([newer])
    return f"install one and run the same command with it: {command}"


def check_compiler(machine: Machine) -> None:
    """Refuses a machine that cannot compile llama.cpp."""
    if has_compiler(machine):
        return
    ways = {
        "Darwin": "xcode-select --install",
        "Windows": "winget install Microsoft.VisualStudio.2022.BuildTools --override "
        '"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"',
    }
    command = ways.get(machine.system) or machine.command([COMPILER])
    raise MachineLacks(
        "No C and C++ compiler was found, which llama.cpp (the part that runs the model) is "
        f"built with; install one and run the same command again: {command}"
    )


def has_compiler(machine: Machine) -> bool:
    """Whether a C and a C++ compiler are there (not whether they work)."""
    if machine.system == "Windows":
        return bool(machine.find("cl", "clang-cl", "gcc")) or _has_visual_studio(machine)
    c = machine.environment.get("CC", "cc").split()[0]
    cxx = machine.environment.get("CXX", "c++").split()[0]
    found = machine.find(c, "gcc", "clang") and machine.find(cxx, "g++", "clang++")
    if found and machine.system == "Darwin":
        # /usr/bin/cc is there on every Mac, but only asks for the tools if they are missing.
        return subprocess.run(["xcode-select", "-p"], capture_output=True).returncode == 0
    return bool(found)


def _has_visual_studio(machine: Machine) -> bool:
    base = machine.environment.get("ProgramFiles(x86)", r"C:\Program Files (x86)")
    finder = Path(base, "Microsoft Visual Studio", "Installer", "vswhere.exe")
    if not finder.is_file():
        return False
    tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    command = [str(finder), "-products", "*", "-requires", tools, "-property", "installationPath"]
    return bool(subprocess.run(command, capture_output=True).stdout.strip())


def missing_libraries(names: dict[str, Packages]) -> list[str]:
    """Those of the shared libraries `names` that the system's loader does not find."""
    missing = []
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def check_libraries(machine: Machine, names: dict[str, Packages]) -> None:
    """Refuses a Linux machine that lacks one of the shared libraries `names`."""
    missing = missing_libraries(names) if machine.system == "Linux" else []
    if missing:
        raise MachineLacks(lacking_libraries(machine, missing))


def lacking_libraries(machine: Machine, missing: list[str]) -> str:
    """The sentence for shared libraries that are not there."""
    command = machine.command([LIBRARIES[name] for name in missing])
    return (
        f"Qt (the part that draws the window) needs {', '.join(missing)}, which this system "
        f"lacks; install and run the same command again: {command}"
    )


def check_display(machine: Machine) -> None:
    """Refuses a desktop whose own libraries for Qt are missing; no desktop is no fault."""
    if "QT_QPA_PLATFORM" in machine.environment:
        return
    desktops = [X11] if machine.environment.get("DISPLAY") else []
    desktops += [WAYLAND] if machine.environment.get("WAYLAND_DISPLAY") else []
    if desktops and all(missing_libraries(names) for names in desktops):
        check_libraries(machine, desktops[0])


def missing_debian_packages(machine: Machine) -> list[str]:
    """What a Debian machine needs for the tests and does not have."""
    wanted = {LIBRARIES[name].debian for name in missing_libraries(WINDOWLESS)}
    if not has_compiler(machine):
        wanted.add(COMPILER.debian)
    if not importlib.util.find_spec("ensurepip"):
        wanted.add("python3-venv")
    if not any(Path("/usr/share/fonts").rglob("*.ttf")):
        wanted.add("fonts-dejavu-core")
    return sorted(wanted)


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}\n" for name in missing_debian_packages(this_machine()))
