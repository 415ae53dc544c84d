"""The parts of a process's memory add up to what it holds, and are named."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from assistant.evaluation.bench_memory import (
    bench_memory,
    kind_of,
    largest_parts,
    measure_processes,
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what is private")
def test_the_parts_of_a_process_add_up_to_its_uss() -> None:
    measured = measure_processes({"this": os.getpid()})["this"]
    assert sum(measured["parts_mb"].values()) == pytest.approx(measured["uss_mb"], rel=0.1)
    assert measured["parts_mb"]["working memory"] > 1


def test_processes_that_nobody_named_are_counted_too() -> None:
    code = "import sys; print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()  # it runs by now
        measured = measure_processes({"this": os.getpid(), "engine": None})
        child.stdin.close()
    assert {"this", f"helper process {child.pid}"} <= set(measured)
    assert "engine" not in measured


def test_pages_are_named_by_what_they_are_mapped_from() -> None:
    assert kind_of("/data/models/small.gguf") == "model file"
    assert kind_of("/venv/site-packages/torch/lib/libtorch_cpu.so") == "torch libraries"
    assert kind_of("/venv/site-packages/PySide6/Qt/lib/libQt6Gui.so.6") == "Qt libraries"
    assert kind_of("[heap]") == kind_of("") == "working memory"
    assert kind_of("/usr/lib/libc.so.6") == "Python and system libraries"


def test_the_largest_parts_come_first_whatever_process_they_are_in() -> None:
    processes = {
        "window": {"parts_mb": {"Qt libraries": 20.0, "working memory": 60.0}},
        "engine": {"parts_mb": {"model file": 90.0}},
    }
    assert [part["part"] for part in largest_parts(processes)] == [
        "engine: model file",
        "window: working memory",
        "window: Qt libraries",
    ]


@pytest.mark.slow
def test_all_processes_of_the_program_are_measured(embedded_model) -> None:
    assert embedded_model.is_file()
    figures = bench_memory()
    assert {"window", "engine", "learner"} <= set(figures["processes"])
    sizes = [values["uss_mb"] for values in figures["processes"].values()]
    assert figures["total_mb"] == sum(sizes)
    assert figures["ratio"] == figures["total_mb"] / figures["aim_mb"]
    assert figures["largest"][0]["mb"] >= figures["largest"][1]["mb"] > 0
