"""Doctor: is everything in place, and if the data file is damaged, how to go on without loss.

Nothing heavy is imported: versions come from the packages' own records.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.domain.errors import (
    DataDamaged,
    ModelProblem,
    StorageProblem,
    UsageProblem,
    UserError,
)
from assistant.generation.gguf import read_header
from assistant.generation.library import embedded_model
from assistant.paths import Paths
from assistant.storage.backups import list_backups, restore, set_aside
from assistant.storage.database import SQLITE_VERSION, open_database
from assistant.usecases.models import model_in_use
from assistant.usecases.servers import ServerChoice, server_in_use

PACKAGES = ("torch", "llama-cpp-python", "PySide6-Essentials", "sentence-transformers")
CPU_FEATURES = ("avx2", "fma", "f16c")
CPU_FILE = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and whether it is as it should be."""

    name: str
    value: str
    ok: bool


def examine(paths: Paths, cpu_file: Path = CPU_FILE) -> tuple[Finding, ...]:
    """Look at everything the program needs; never changes what it finds."""
    return (
        Finding("python", platform.python_version(), True),
        *(_package(name) for name in PACKAGES),
        Finding("sqlite", SQLITE_VERSION, True),
        Finding("system", f"{platform.system()} {platform.machine()}", True),
        *_cpu(cpu_file),
        _folder("home", paths.home),
        _folder("cache", paths.cache),
        *_data(paths),
        Finding("backups", str(len(list_backups(paths.backups))), True),
    )


def restore_newest(paths: Paths, stamp: str) -> tuple[Path, Path | None]:
    """Put the newest intact backup in the place of the damaged data file, which is kept aside.

    The backup, and where the damaged file is now. UsageProblem if the data file is sound.
    """
    _refuse_if_sound(paths)
    for backup in reversed(list_backups(paths.backups)):
        try:
            return backup, restore(paths.database, backup, stamp)
        except StorageProblem:
            continue  # damaged too: an older one may be whole
        except OSError as error:
            raise _not_moved(paths, error) from error
    raise StorageProblem(
        f"There is no intact backup in {paths.backups}; "
        "`attune doctor --start-new` keeps the damaged file aside and begins anew."
    )


def make_backup(paths: Paths, now: float) -> Path:
    """A verified copy of the data file; StorageProblem if it is not sound or not writable."""
    database = open_database(paths.database)
    try:
        copy = database.back_up(now)
    finally:
        database.close()
    if copy is None:
        raise StorageProblem(f"The data file {paths.database} is damaged; no copy was made of it.")
    return copy


def start_new(paths: Paths, stamp: str) -> Path:
    """Keep the damaged data file aside and begin with an empty one; where the old one is now."""
    _refuse_if_sound(paths)
    try:
        kept = set_aside(paths.database, stamp)
    except OSError as error:
        raise _not_moved(paths, error) from error
    open_database(paths.database).close()
    return kept


def _refuse_if_sound(paths: Paths) -> None:
    """UsageProblem unless the data file is damaged; StorageProblem if it is in use."""
    try:
        database = open_database(paths.database)
    except DataDamaged:
        return
    try:
        verdict = database.check()
    finally:
        database.close()
    if verdict == "ok":
        raise UsageProblem(f"The data file {paths.database} is sound; it was left as it is.")


def _not_moved(paths: Paths, error: OSError) -> StorageProblem:
    """The sentence for a folder that refuses."""
    return StorageProblem(
        f"The files in {paths.home} cannot be moved ({error.strerror}); "
        "check the folder's permissions and the free space."
    )


def _package(name: str) -> Finding:
    """The version of an installed package."""
    try:
        return Finding(name, version(name), True)
    except PackageNotFoundError:
        return Finding(name, "missing; run `python3 packaging/bootstrap.py run`", False)


def _cpu(file: Path) -> tuple[Finding, ...]:
    """What the processor can do, where the system says so."""
    if not file.is_file():
        return ()
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    flags = {flag for line in lines if line.startswith("flags") for flag in line.split()}
    if not flags:
        return ()  # processors of other kinds have other words for this
    found = [name for name in CPU_FEATURES if name in flags]
    missing = [name for name in CPU_FEATURES if name not in flags]
    told = ", ".join(found) or "none"
    return (
        Finding(
            "cpu", told + (f" (without {', '.join(missing)}: slow)" if missing else ""), not missing
        ),
    )


def _folder(name: str, folder: Path) -> Finding:
    """Whether a folder, or the first of its parents that exists, can be written."""
    existing = next(part for part in (folder, *folder.parents) if os.access(part, os.F_OK))
    writable = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    return Finding(name, str(folder) if writable else f"{folder} cannot be written", writable)


def _data(paths: Paths) -> tuple[Finding, ...]:
    """The data file and the model that it says is in use."""
    if not os.access(paths.database, os.F_OK):
        return (Finding("database", "none yet", True), _default_model(paths))
    try:
        database = open_database(paths.database)
    except StorageProblem as problem:
        return (Finding("database", str(problem), False), _default_model(paths))
    try:
        verdict = database.check()
        if verdict != "ok":
            return (Finding("database", verdict, False), _default_model(paths))
        server = server_in_use(database)
        model = model_in_use(database, paths)
    except UserError as problem:
        return (Finding("database", verdict, True), Finding("model", str(problem), False))
    finally:
        database.close()
    return (Finding("database", verdict, True), *_server(server), _model(model))


def _server(server: ServerChoice | None) -> tuple[Finding, ...]:
    """A server in use is nothing wrong, but must never go unseen."""
    if server is None:
        return ()
    told = f"{server.model or 'model'} at {server.url} writes the replies: text leaves this program"
    return (Finding("server", told, True),)


def _default_model(paths: Paths) -> Finding:
    """The model used where the data file does not name one."""
    try:
        return _model(embedded_model(paths.models))
    except ModelProblem as problem:
        return Finding("model", str(problem), False)


def _model(path: Path) -> Finding:
    """Whether the header of the model file can be read."""
    try:
        header = read_header(path)
    except ModelProblem as problem:
        return Finding("model", str(problem), False)
    return Finding("model", f"{path} ({header.architecture})", True)
