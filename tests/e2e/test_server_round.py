"""A round through the real program with a text-generation server in the engine's place."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.app import choose_backend, open_services
from assistant.domain.cancel import CancelToken
from assistant.domain.events import RoundFinished
from assistant.domain.preferences import parse_order
from assistant.generation.engine import EngineClient
from assistant.generation.server import ServerClient
from assistant.paths import find_paths
from assistant.settings import CONTEXT, SELECTOR
from assistant.storage.database import open_database
from assistant.usecases.ask import ask
from assistant.usecases.measure import measure
from assistant.usecases.presets import set_preset
from assistant.usecases.rank import rank
from assistant.usecases.servers import no_server, use_server

MODELS = Path(__file__).resolve().parents[2] / "models" / "all-MiniLM-L6-v2"


@pytest.fixture
def url():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            text = f"Seed {asked['seed']} was asked."
            chunk = {"choices": [{"delta": {"content": text}, "finish_reason": "stop"}]}
            self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\ndata: [DONE]\n\n")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


def test_the_settings_say_what_writes_the_replies(tmp_path, url):
    paths = find_paths(tmp_path)
    database = open_database(paths.database)
    try:
        set_preset(database, paths, "", {CONTEXT.key: 1024})
        engine = database.run(lambda db: choose_backend(db, paths))
        assert isinstance(engine, EngineClient)
        use_server(database, url=url, model="tiny", key="")
        server = database.run(lambda db: choose_backend(db, paths))
        assert isinstance(server, ServerClient)
        assert server.info().context == CONTEXT.default, "the preset was the other model's"
        no_server(database)
        assert isinstance(database.run(lambda db: choose_backend(db, paths)), EngineClient)
    finally:
        database.close()


@pytest.mark.parametrize("selector", ["bayesian", "premium-prompt"])
def test_a_round_with_a_server_is_learned_from(tmp_path, url, selector):
    if not (MODELS / "model.safetensors").is_file():
        pytest.skip("the embedding model is not in models/")
    paths = find_paths(tmp_path)
    database = open_database(paths.database)
    use_server(database, url=url, model="tiny", key="")
    database.run(lambda db: db.settings.set(SELECTOR, selector))
    database.close()
    with open_services(paths) as services:
        for query in ("How do I sail?", "And in a storm?"):
            *_, finished = ask(services, text=query, cancel=CancelToken())
            assert isinstance(finished, RoundFinished)
            round_ = finished.round
            assert all(c.text.startswith("Seed") for c in round_.candidates)
            assert any(c.guidance.tags for c in round_.candidates)
            _, learned = rank(
                services, query_id=round_.query_id, order=parse_order("B>A>C", ("A", "B", "C"))
            )
        assert "selector" in learned.updated
        assert round_.model == f"tiny at {url[7:-3]}"
        assert not measure(services, text="And now?").exact
