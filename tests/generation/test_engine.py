"""The engine's process comes, dies, comes again and goes without taking anything along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, ChildStopped, ModelProblem
from assistant.domain.model import Finish
from assistant.generation.backend import (
    Draft,
    DraftFinished,
    DraftText,
    EngineOptions,
    EngineRestarted,
    GenerationEvent,
    GenerationRequest,
    Sampling,
    Turn,
)
from assistant.generation.engine import EngineClient
from tests.generation.conftest import ORIGINAL, Write

QUERY = Turn("user", "Write about the sea.")
REQUEST = GenerationRequest(
    (QUERY,), (Draft("", 1), Draft("", 2)), Sampling(max_tokens=200, ignore_end=True)
)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own(embedded_model: Path) -> Iterator[EngineClient]:
    client = EngineClient(embedded_model, ORIGINAL)
    yield client
    client.close()


def kill_while_writing(engine: EngineClient) -> list[GenerationEvent]:
    events = []
    for event in engine.generate(REQUEST, CancelToken()):
        events.append(event)
        if isinstance(event, DraftText) and engine.pid is not None and len(events) == 20:
            os.kill(engine.pid, signal.SIGKILL)
    return events


def gone(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_nothing_runs_before_the_first_use(embedded_model: Path) -> None:
    client = EngineClient(embedded_model, ORIGINAL)
    assert client.pid is None
    client.close()


def test_the_model_is_described(engine: EngineClient, embedded_model: Path) -> None:
    info = engine.info()
    assert info.path == embedded_model
    assert info.architecture == "llama"
    assert info.template == "chatml"
    assert info.context == 2048
    assert info.sha256.startswith("b179c952")
    assert info.copy_type == ""


def test_the_parent_loads_no_heavy_package(embedded_model: Path) -> None:
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from assistant.generation.backend import Turn
        from assistant.generation.engine import EngineClient
        if __name__ == "__main__":
            client = EngineClient(Path({str(embedded_model)!r}))
            assert client.count_tokens((Turn("user", "a"),)) > 3
            client.close()
            print(sorted({{"llama_cpp", "numpy", "torch", "jinja2"}} & set(sys.modules)))
    """)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_killed_engine_is_restarted_and_the_text_kept(own: EngineClient, write: Write) -> None:
    started = time.monotonic()
    own.info()
    first_start = time.monotonic() - started
    events, died = [], 0.0
    for event in own.generate(REQUEST, CancelToken()):
        events.append(event)
        if isinstance(event, DraftText) and own.pid is not None and len(events) == 20:
            os.kill(own.pid, signal.SIGKILL)
            died = time.monotonic()
    ends = [event for event in events if isinstance(event, DraftFinished)]
    assert [end.finish for end in ends] == [Finish.INTERRUPTED, Finish.INTERRUPTED]
    assert all(end.tokens > 0 for end in ends)
    assert isinstance(events[-1], EngineRestarted)
    assert "signal 9" in events[-1].reason
    assert time.monotonic() - died < max(5, 3 * first_start)  # a busy machine starts it slowly too
    assert write(own, QUERY)[0][0]


def test_an_engine_that_died_while_idle_is_restarted(own: EngineClient) -> None:
    own.info()
    assert own.pid is not None
    os.kill(own.pid, signal.SIGKILL)
    assert own.count_tokens((QUERY,)) > 3


def test_three_deaths_in_a_row_stop_it_with_advice(own: EngineClient) -> None:
    kill_while_writing(own)
    kill_while_writing(own)
    with pytest.raises(ChildStopped, match=r"3 times in a row.*choose a smaller model"):
        kill_while_writing(own)
    with pytest.raises(ChildStopped):
        own.info()


def test_deaths_with_success_between_them_do_not_add_up(own: EngineClient, write: Write) -> None:
    for _ in range(3):
        kill_while_writing(own)
        assert write(own, QUERY, sampling=Sampling(max_tokens=1))[1]


def test_a_missing_model_is_one_sentence(tmp_path: Path) -> None:
    client = EngineClient(tmp_path / "none.gguf")
    with pytest.raises(ModelProblem, match="is missing; fetch it again"):
        client.info()
    assert client.pid is None
    client.close()


def test_a_truncated_model_is_one_sentence(tmp_path: Path, embedded_model: Path) -> None:
    path = tmp_path / "half.gguf"
    path.write_bytes(embedded_model.read_bytes()[: 40 << 20])
    with pytest.raises(ModelProblem, match="damaged or incomplete"):
        EngineClient(path).info()


def test_a_sound_header_that_llama_cpp_cannot_load_is_one_sentence(
    tmp_path: Path, embedded_model: Path
) -> None:
    path = tmp_path / "unknown.gguf"
    content = embedded_model.read_bytes().replace(
        b"\x05\0\0\0\0\0\0\0llama", b"\x05\0\0\0\0\0\0\0lxama", 1
    )
    path.write_bytes(content)
    with pytest.raises(ModelProblem, match=r"could not be loaded .*choose"):
        EngineClient(path, EngineOptions(copy_type="none")).info()


def test_closing_is_quick_even_while_it_writes(embedded_model: Path) -> None:
    client = EngineClient(embedded_model, ORIGINAL)
    events = client.generate(REQUEST, CancelToken())
    next(events)
    pid = client.pid
    begun = time.monotonic()
    client.close()
    assert time.monotonic() - begun < 2
    assert pid is not None
    assert gone(pid, 0.1)
    events.close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_no_orphan_is_left_when_the_parent_is_killed(embedded_model: Path, tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        textwrap.dedent(f"""
            import time
            from pathlib import Path
            from assistant.generation.engine import EngineClient
            if __name__ == "__main__":
                client = EngineClient(Path({str(embedded_model)!r}))
                client.info()
                print(client.pid, flush=True)
                time.sleep(60)
        """)
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
        assert gone(child, 3)


def test_requests_from_two_threads_take_turns(embedded_model: Path) -> None:
    client = EngineClient(embedded_model, ORIGINAL)
    request = GenerationRequest(
        (Turn("user", "Count to ten."),), (Draft("", 1),), Sampling(max_tokens=24, ignore_end=True)
    )
    counted: list[int] = []
    try:
        events = client.generate(request, CancelToken())
        next(events)
        assert client.info().context > 0, "what is known needs no turn"
        other = threading.Thread(
            target=lambda: counted.append(client.count_tokens((Turn("user", "Hello"),)))
        )
        other.start()
        other.join(0.3)
        assert counted == [], "the other thread waits for its turn"
        assert [e for e in events if isinstance(e, DraftFinished)]
        other.join(20)
        assert counted[0] > 1
    finally:
        client.close()


def test_what_runs_when_it_is_closed_is_interrupted_and_nothing_starts_again(
    embedded_model: Path,
) -> None:
    client = EngineClient(embedded_model, ORIGINAL)
    events = client.generate(REQUEST, CancelToken())
    next(events)
    closing = threading.Thread(target=client.close)
    closing.start()
    ends = [event for event in events if isinstance(event, DraftFinished)]
    closing.join(5)
    assert {end.finish for end in ends} <= {Finish.INTERRUPTED, Finish.STOPPED}
    assert len(ends) == 2
    with pytest.raises(Cancelled):
        client.count_tokens((QUERY,))
    assert client.pid is None
    assert client.info().context > 0, "what is known may still be asked for"
