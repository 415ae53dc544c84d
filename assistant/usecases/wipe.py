"""Wipe: remove everything that the program stored about its user, from the disk."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from assistant.domain.errors import DataDamaged, StorageProblem
from assistant.paths import Paths
from assistant.storage.database import open_database


def wipe(paths: Paths) -> tuple[Path, ...]:
    """Remove the data file, its logs, backups and damaged copies, and the cache; what was removed.

    The user's own model files stay. StorageProblem if the program is running or a file cannot go.
    """
    with suppress(DataDamaged):  # nothing to protect, and it shall go
        open_database(paths.database).close()  # refuses while another program has it open
    data = sorted(paths.home.glob(f"{paths.database.name}*"))
    folders = [folder for folder in (paths.backups, paths.cache) if folder.exists()]
    try:
        for file in data:
            file.unlink()
        for folder in folders:
            shutil.rmtree(folder)
    except OSError as error:
        raise StorageProblem(
            f"{error.filename} cannot be removed ({error.strerror}); check its permissions."
        ) from error
    return (*data, *folders)
