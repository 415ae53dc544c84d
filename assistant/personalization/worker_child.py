"""Inside the learner process: outcomes for questions, until the pipe closes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserError
from assistant.domain.events import Progress
from assistant.domain.network import forbid_network
from assistant.personalization.learner import Update
from assistant.personalization.tasks import Outcome, begin_task, write_agent

if TYPE_CHECKING:
    from assistant.personalization.service import LearnerService

LOW_PRIORITY = 10


def serve(pipe: Connection, models: Path, prior: Path) -> None:
    """The child's main function: outcomes for questions, until the pipe closes."""
    be_modest()
    from assistant.personalization.embedder import MiniLmEmbedder
    from assistant.personalization.scorer_prior import read_prior
    from assistant.personalization.service import LearnerService

    embedder = MiniLmEmbedder(models)
    service = LearnerService(embedder, models, partial(read_prior, prior))
    verbs = _verbs(service)
    steps: Iterator[Progress | Update | Outcome] = iter(())

    while True:
        try:
            verb, arguments = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            if verb == "train":
                steps = service.train(CancelToken(), *arguments)
                outcome: object = None
            elif verb == "task":
                steps, outcome = begin_task(arguments[0], embedder), None
            elif verb == "train_step":
                outcome = next(steps, None)
            elif verb == "stop_training":  # lets go of the memory that a run holds
                steps, outcome = iter(()), None
            else:
                outcome = verbs[verb](*arguments)
        except UserError as error:
            told: tuple[str, object] = ("error", error)
        else:
            told = ("value", outcome)
        try:
            pipe.send(told)
        except OSError:  # who asked is gone, or has closed the pipe meanwhile
            return


def _verbs(service: LearnerService) -> dict[str, Callable[..., Any]]:
    """What can be asked besides training."""
    return {
        "start": service.start,
        "choose": lambda query, policy, seed: service.begin_choice(query, policy, seed)(),
        "expect": service.expect,
        "update": service.update,
        "weights": service.weights,
        "weights_after": service.weights_after,
        "explain": service.explain,
        "place_pull": service.place_pull,
        "reasons": service.reasons,
        "tastes": service.tastes,
        "vectors": service.vectors,
        "write_agent": write_agent,
    }


def be_modest() -> None:
    """Low priority, one thread, no network; before anything heavy is imported."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ |= {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_WAIT_POLICY": "PASSIVE",
    }
    forbid_network()
    if hasattr(os, "nice"):
        os.nice(LOW_PRIORITY)
