"""Rankings as training data for other programs: JSON lines of a prompt, a better, a worse reply."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.domain.errors import UsageProblem
from assistant.domain.preferences import preferences_of
from assistant.storage.database import Database
from assistant.usecases.plan import turns_of
from assistant.usecases.services import Services


def export_pairs(services: Services, *, file: Path) -> int:
    """Write every stated preference as {"prompt": [messages], "chosen", "rejected"}; how many.

    The form that trainers of direct preference optimisation read. UsageProblem if the file cannot
    be written.
    """
    lines = services.store.run(_lines)
    try:
        file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        file.chmod(0o600)
    except OSError as error:
        raise UsageProblem(
            f"The file {file} cannot be written ({error.strerror}); choose another place."
        ) from error
    return len(lines)


def _lines(db: Database) -> list[str]:
    """One line for each pair of each ranking that counts."""
    lines = []
    for round_ in db.rounds.ranked():
        if round_.ranking is None:
            continue
        texts = {c.letter: c.text for c in round_.candidates}
        turns = turns_of(db, round_.conversation_id, until=round_.query_id)
        prompt = [_message(turn.role, turn.text) for turn in turns]
        for better, worse in preferences_of(round_.ranking.order):
            chosen, rejected = ([_message("assistant", texts[x])] for x in (better, worse))
            pair = {"prompt": prompt, "chosen": chosen, "rejected": rejected}
            lines.append(json.dumps(pair, ensure_ascii=False))
    return lines


def _message(role: str, text: str) -> dict[str, str]:
    return {"role": role, "content": text}
