"""attune doctor, and the window without a display."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.cli.session import SAME_INTERRUPT, cancelled_by_interrupt
from assistant.usecases.doctor import examine


def test_doctor_names_versions_model_and_data(attune, embedded_model):
    attune("ask", "Hello")
    done = attune("doctor", "--json")
    content = json.loads(done.out)
    found = {finding["name"]: finding for finding in content["findings"]}
    assert {"python", "sqlite", "torch", "llama-cpp-python", "home", "model"} <= set(found)
    assert found["database"]["value"] == "ok"
    assert str(embedded_model) in found["model"]["value"]
    assert done.code == (0 if content["ok"] else 1)


def test_doctor_leaves_an_empty_home_empty(attune):
    attune("doctor")
    assert not attune.home.exists()


def test_doctor_tells_of_a_damaged_data_file(attune):
    attune.home.mkdir()
    attune.paths.database.write_bytes(b"no database" * 100)
    done = attune("doctor")
    assert done.code == 1
    assert "BAD database" in done.out


def test_missing_cpu_features_are_named(attune, tmp_path):
    cpu = tmp_path / "cpuinfo"
    cpu.write_text("processor : 0\nflags : fpu sse2 avx2 fma\n")
    found = {finding.name: finding for finding in examine(attune.paths, cpu)}
    assert (found["cpu"].ok, "without f16c" in found["cpu"].value) == (False, True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
def test_without_a_display_the_terminal_chat_is_offered(attune, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    done = attune()
    assert (done.code, "attune chat" in done.err) == (1, True)
    assert run([], open_services=attune.open_services, open_window=attune.open_window) == 1
    assert attune.windows == []


def test_with_a_display_the_window_opens_on_the_home_given(attune, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert attune().code == 0
    assert [paths.home for paths in attune.windows] == [attune.home]


@pytest.mark.skipif(sys.platform == "win32", reason="signals work differently there")
def test_the_first_interrupt_cancels_and_the_second_ends():
    before = signal.getsignal(signal.SIGINT)
    with cancelled_by_interrupt() as cancel:
        signal.raise_signal(signal.SIGINT)
        assert cancel.cancelled
        time.sleep(SAME_INTERRUPT + 0.1)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="signals work differently there")
def test_an_interrupted_query_keeps_its_text_and_ends_with_1(attune):
    from assistant.generation.scripted import ScriptedBackend

    pauses = itertools.count()

    def pause(seconds: float) -> None:
        if next(pauses) == 30:  # some words of each reply were written
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(seconds)

    attune.backend = lambda: ScriptedBackend(["word " * 500], delay=0.01, sleep=pause)
    done = attune("ask", "Hello", "--max-tokens", "500", "--json")
    assert done.code == 1
    content = json.loads(done.out)
    assert {c["finish"] for c in content["candidates"]} == {"stopped"}
    shown = json.loads(attune("conversations", "show", "1", "--json").out)
    assert all(c["text"].startswith("word") for c in shown["rounds"][0]["candidates"])


def test_doctor_copies_the_data_file_when_asked(attune):
    assert attune("settings", "set", "replies", "2").code == 0
    done = attune("doctor", "--back-up", "--json")
    assert done.code == 0
    assert Path(json.loads(done.out)["backup"]).parent == attune.paths.backups
    assert attune("doctor", "--back-up", "--restore").code == 1


def test_wipe_removes_all_that_was_said_and_learned_but_not_the_models(attune):
    attune("ask", "Hello")
    attune("doctor", "--back-up")
    own = attune.paths.home / "models" / "own.gguf"
    own.parent.mkdir()
    own.write_bytes(b"model")
    refused = attune("wipe")
    assert (refused.code, "--yes" in refused.err) == (1, True)
    assert attune.paths.database.exists()
    assert attune("wipe", "--yes").code == 0
    assert [path for path in attune.paths.home.rglob("*") if path.is_file()] == [own]
    assert attune("wipe", "--yes").code == 0
