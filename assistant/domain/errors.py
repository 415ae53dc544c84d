"""The two kinds of error, as a tree.

UserError            the user's or the world's: one sentence with cause and remedy, exit code 1
├── UsageProblem     the request itself: empty query, unknown letter, unknown id
├── ModelProblem     the model file: missing, damaged, not a GGUF, too large
├── ServerProblem    the user's text-generation server: not there, refuses, breaks off
├── ContextTooLong   the query alone does not fit into the model's context
├── StorageProblem   the data file: locked, damaged, newer, read-only, disk full
│   └── DataDamaged  the data file cannot be read as a database; `backups` can be restored
├── TrainingFailed   a training run diverged or cannot begin; what was learned before is kept
└── ChildStopped     the engine or the learner died three times in a row
Cancelled            the user took the request back; not an error to show

Anything else that escapes is ours: a bug, reported as such.
"""

from __future__ import annotations

from pathlib import Path


class UserError(Exception):
    """Something the user can act on; str(error) is the whole sentence to show."""


class UsageProblem(UserError):
    """The request itself cannot be carried out as asked."""


class ModelProblem(UserError):
    """The model file is missing, damaged, of the wrong kind or too large."""


class ServerProblem(UserError):
    """The text-generation server that the user chose cannot be used, or not for this."""


class ContextTooLong(UserError):
    """The query does not fit into the model's context, even without any earlier turn."""


class StorageProblem(UserError):
    """The data file cannot be opened or written."""


class DataDamaged(StorageProblem):
    """The data file is not a readable database; nothing was deleted."""

    def __init__(self, message: str, *, file: Path, backups: tuple[Path, ...]) -> None:
        super().__init__(message)
        self.file = file
        self.backups = backups


class TrainingFailed(UserError):
    """A training run diverged or cannot begin; nothing that was learned before is lost."""


class ChildStopped(UserError):
    """A child process died three times in a row and was not started again."""


class Cancelled(Exception):
    """The user took the request back."""
