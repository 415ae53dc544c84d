"""The plain way writes exactly the tokens it is asked for."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from assistant.generation.backend import Sampling, Turn
from assistant.generation.baseline import PlainTask, measure_plain


def test_every_conversation_gets_one_reply_per_system_text(embedded_model: Path) -> None:
    task = PlainTask(
        model=embedded_model,
        context=256,
        threads=2,
        sampling=Sampling(max_tokens=12),
        conversations=((Turn("user", "Say yes."),), (Turn("user", "Say no."),)),
        systems=("Be brief.", "Be kind."),
        seeds=(1, 2),
    )
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        times = pool.submit(measure_plain, task).result()
    assert [time.tokens for time in times] == [(12, 12), (12, 12)]
    assert all(time.seconds > 0 for time in times)
    assert times[0].prompt_tokens > 10
