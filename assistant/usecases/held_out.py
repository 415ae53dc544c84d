"""Which rankings train what passes a gate, and which decide there; fixed once for a data file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.model import Round
from assistant.personalization.gate import held_out
from assistant.settings import GATE_SALT
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Split:
    """Ranked rounds that may be learned from, the oldest first."""

    training: tuple[Round, ...]
    held_out: tuple[Round, ...]


def split_rounds(services: Services) -> Split:
    """Every ranking that counts, in one of two parts; a query stays in its part for ever."""
    fresh = f"{services.random.getrandbits(64):016x}"

    def read(db: Database) -> Split:
        if not db.settings.get(GATE_SALT):
            db.settings.set(GATE_SALT, fresh)
        salt = db.settings.get(GATE_SALT)
        rounds = [r for r in db.rounds.ranked() if r.ranking is not None and r.ranking.learn]
        kept = [held_out(r.query_id, salt) for r in rounds]
        return Split(
            tuple(r for r, out in zip(rounds, kept, strict=True) if not out),
            tuple(r for r, out in zip(rounds, kept, strict=True) if out),
        )

    return services.store.run(read)
