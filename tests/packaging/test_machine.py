"""What a machine lacks is named with the command that installs it."""

import sys
from pathlib import Path

import pytest
from machine import (
    LIBRARIES,
    WINDOWLESS,
    X11,
    Machine,
    MachineLacks,
    Packages,
    check_compiler,
    check_display,
    check_libraries,
    check_python,
    lacking_libraries,
    linux_family,
    missing_libraries,
    this_machine,
)

ABSENT = {"libattune-absent.so.7": Packages("libabsent7", "absent", "absent")}


def linux(family: str | None = "debian", root: bool = False, **environment: str) -> Machine:
    return Machine("Linux", family, root, {"PATH": "", **environment})


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("ID=debian\n", "debian"),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', "debian"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=manjaro\nID_LIKE=arch\n", "arch"),
        ("ID=nixos\n", None),
        ("", None),
    ],
)
def test_the_family_of_a_linux_is_read_from_its_release_file(text: str, family: str | None) -> None:
    assert linux_family(text) == family


@pytest.mark.parametrize(
    ("machine", "command"),
    [
        (linux("debian"), "sudo apt install build-essential"),
        (linux("debian", root=True), ": apt install build-essential"),
        (linux("fedora"), r"sudo dnf install gcc gcc-c\+\+ make"),
        (linux("arch"), "sudo pacman -S base-devel"),
        (linux(None), r"apt install build-essential \(Debian and Ubuntu\) or sudo dnf"),
        (Machine("Darwin", None, False, {"PATH": ""}), "xcode-select --install"),
        (Machine("Windows", None, False, {"PATH": ""}), "winget install .*BuildTools"),
    ],
)
def test_with_an_empty_search_path_the_compiler_is_missed(machine: Machine, command: str) -> None:
    with pytest.raises(MachineLacks, match=command):
        check_compiler(machine)


def test_a_c_compiler_alone_is_not_enough(tmp_path: Path) -> None:
    for name in ("gcc", "g++"):
        tool = tmp_path / name
        tool.write_text("#!/bin/sh\n")
        tool.chmod(0o755)
    machine = linux(PATH=str(tmp_path))
    check_compiler(machine)
    (tmp_path / "g++").unlink()
    with pytest.raises(MachineLacks):
        check_compiler(machine)


def test_every_library_of_qt_has_a_package_in_each_world() -> None:
    for packages in LIBRARIES.values():
        assert all((packages.debian, packages.fedora, packages.arch))


@pytest.mark.parametrize(
    ("family", "command"),
    [
        ("debian", "sudo apt install libegl1 libxcb-cursor0"),
        ("fedora", "sudo dnf install libglvnd-egl xcb-util-cursor"),
        ("arch", "sudo pacman -S libglvnd xcb-util-cursor"),
    ],
)
def test_missing_libraries_are_named_with_one_command(family: str, command: str) -> None:
    sentence = lacking_libraries(linux(family), ["libEGL.so.1", "libxcb-cursor.so.0"])
    assert sentence.endswith(command)
    assert "libEGL.so.1, libxcb-cursor.so.0" in sentence


@pytest.mark.skipif(sys.platform != "linux", reason="sonames are Linux's")
def test_the_loader_is_asked_for_each_library() -> None:
    there = {"libc.so.6": Packages("libc6", "glibc", "glibc")}
    assert missing_libraries({**there, **ABSENT}) == list(ABSENT)


def test_other_systems_are_not_asked_for_linux_libraries() -> None:
    check_libraries(Machine("Darwin", None, False, {}), ABSENT)


def test_no_desktop_asks_for_no_desktop_libraries() -> None:
    check_display(linux())


@pytest.mark.skipif(not missing_libraries(X11), reason="this machine has all of X11's libraries")
def test_a_desktop_without_its_libraries_is_refused_unless_the_user_chose_a_platform() -> None:
    with pytest.raises(MachineLacks, match="sudo apt install libxcb-"):
        check_display(linux(DISPLAY=":0"))
    check_display(linux(DISPLAY=":0", QT_QPA_PLATFORM="offscreen"))


def test_an_old_python_is_told_which_one_to_get() -> None:
    with pytest.raises(MachineLacks, match=r"this is 3\.9\.2; install .* apt install python3\.11"):
        check_python(linux(), (3, 9, 2))


def test_an_old_python_is_pointed_to_a_newer_one_on_the_machine(tmp_path: Path) -> None:
    newer = tmp_path / "python3.13"
    newer.write_text("#!/bin/sh\n")
    newer.chmod(0o755)
    with pytest.raises(MachineLacks, match=r"run the same command with .*python3\.13"):
        check_python(linux(PATH=str(tmp_path)), (3, 10, 12))


def test_the_python_of_the_tests_is_good_enough() -> None:
    check_python(this_machine(), sys.version_info[:3])


@pytest.mark.skipif(sys.platform != "linux", reason="sonames are Linux's")
def test_the_machine_of_the_tests_has_what_qt_needs_without_a_window() -> None:
    check_libraries(this_machine(), WINDOWLESS)
