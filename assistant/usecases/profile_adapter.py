"""The preference agent's adapter in a profile file: out with what must be known of it, in to wait.

Nothing is done with an imported adapter but keeping it: it comes into use through the gate alone,
when the user switches it on (`switch_agent`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import UsageProblem, UserError
from assistant.generation.backend import ModelInfo
from assistant.generation.gguf import read_header
from assistant.personalization.adapter_state import AdapterShape, fits, read_adapter
from assistant.storage.archive import visible
from assistant.storage.learning import ImportedState
from assistant.usecases.agent import AGENT, hindrance_of, model_mark
from assistant.usecases.models import display_name
from assistant.usecases.profile_checks import checked_moment
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database
    from assistant.storage.learning import SnapshotHead

MOST_RANKINGS = 10**9
_HASH = re.compile(r"[0-9a-f]{12,64}")  # of an old adapter's model only the beginning may be known
_LONGEST_NAME = 120  # characters of a model's name


@dataclass(frozen=True, slots=True)
class AdapterOffer:
    """The adapter of a file: what it was made from, and what is in the way of using it here."""

    model: str
    created_at: float
    rankings: int
    known: bool  # it is here already
    hindrance: str  # a sentence; "" if it can be switched on


@dataclass(frozen=True, slots=True)
class FileAdapter:
    """A file's adapter, checked as far as it can be without its model."""

    state: bytes
    shape: AdapterShape
    model: str
    model_sha256: str
    created_at: float
    rankings: int

    @property
    def metrics(self) -> dict[str, float]:
        """What is kept beside it, to tell whether it can be used."""
        return {
            "model": model_mark(self.model_sha256),
            "rank": float(self.shape.rank),
            "alpha": self.shape.alpha,
        }


def adapter_parts(services: Services) -> tuple[dict[str, Any], bytes] | None:
    """The active adapter with its part of the manifest; None if there is none."""
    active = services.store.run(lambda db: db.snapshots.active(AGENT))
    if active is None:
        return None
    model, sha256 = _model_of(services, active)
    shape = read_adapter(active.weights)
    facts = {
        "model": model,
        "model_sha256": sha256,
        "rank": shape.rank,
        "parameters": shape.parameters,
        "created_at": active.created_at,
        "rankings": active.rankings,
    }
    return facts, active.weights


def checked_adapter(name: str, entry: Any, state: bytes | None) -> FileAdapter | None:  # noqa: ANN401
    """A file's adapter; UsageProblem or ValueError, KeyError, TypeError if it is no sound one.

    `name` is the file's, `entry` what its manifest says of it.
    """
    if state is None and entry is None:
        return None
    if state is None or not isinstance(entry, Mapping):
        raise ValueError("the manifest and the adapter do not belong together")
    try:
        shape = read_adapter(state)
    except ValueError as error:
        raise UsageProblem(
            f"The agent in {name} cannot be taken over ({error}); export the profile again."
        ) from error
    found = FileAdapter(
        state,
        shape,
        " ".join(visible(str(entry["model"])).split())[:_LONGEST_NAME],
        str(entry["model_sha256"]),
        checked_moment(entry["created_at"]),
        int(entry["rankings"]),
    )
    told = (entry["rank"], entry["parameters"])
    if told != (shape.rank, shape.parameters) or not _HASH.fullmatch(found.model_sha256):
        raise ValueError("the manifest says something else than the adapter")
    if not 0 <= found.rankings <= MOST_RANKINGS:
        raise ValueError("the adapter was made from no number of rankings")
    return found


def offer_of(services: Services, name: str, adapter: FileAdapter) -> AdapterOffer:
    """What a file's adapter would be here; UsageProblem if it is not for the model it names."""
    digest = hashlib.sha256(adapter.state).hexdigest()
    heads = services.store.run(lambda db: db.snapshots.heads(AGENT))
    here = model_here(services)
    hindrance = hindrance_of(adapter.model, adapter.model_sha256, adapter.metrics, here)
    its_own = None if hindrance else here
    if (
        its_own is not None
        and its_own.on_this_machine
        and not fits(adapter.shape, read_header(its_own.path).shapes)
    ):
        raise UsageProblem(
            f"The agent in {name} does not fit the model that it names, {its_own.name}; "
            "export the profile again."
        )
    known = any(head.sha256 == digest for head in heads)
    return AdapterOffer(adapter.model, adapter.created_at, adapter.rankings, known, hindrance)


def keep_adapter(db: Database, adapter: FileAdapter, origin: str) -> None:
    """Store a file's adapter; it is not used before it is switched on."""
    facts = ImportedState(
        origin, adapter.model, adapter.model_sha256, adapter.created_at, adapter.rankings
    )
    db.snapshots.add_imported(AGENT, adapter.state, facts, adapter.metrics)


def remove_adapter(db: Database, origin: str) -> int:
    """Remove what came with an import; if it is in use, what was in use before it is again."""
    heads = db.snapshots.heads(AGENT)
    active = next((head for head in heads if head.active and head.origin == origin), None)
    if active is not None:
        before = int(active.metrics.get("before", 0))
        kept = {head.id for head in heads if head.origin != origin}
        trial = bool(active.metrics.get("before_trial", 0))
        db.snapshots.reactivate(before if before in kept else None, AGENT, trial=trial)
    return db.snapshots.remove_imported(origin)


def model_here(services: Services) -> ModelInfo | None:
    """The model in use; None if there is none that could be loaded."""
    try:
        return services.backend.info()
    except UserError:
        return None


def _model_of(services: Services, head: SnapshotHead) -> tuple[str, str]:
    """Name and hash of the model that an adapter belongs to."""
    if head.origin:
        return head.model, head.model_sha256
    digits = f"{int(head.metrics.get('model', 0)):012x}"
    here = model_here(services)
    if here is not None and here.sha256.startswith(digits):
        return display_name(services.paths, here.path, here.name), here.sha256
    return services.store.run(lambda db: db.rounds.model_beginning(digits)) or ("", digits)
