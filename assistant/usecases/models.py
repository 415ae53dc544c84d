"""Models: which there are, whether one is sound and fits, which one is used, how to get more.

Nothing here loads a model: only headers are read. The user's own files live in `models` in the
home directory, or wherever they were when `use_model` was told.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.errors import ModelProblem, UsageProblem
from assistant.generation.gguf import Header, read_header
from assistant.generation.library import Fit, check_fit, embedded_model, find_models
from assistant.paths import Paths
from assistant.settings import CONTEXT, MODEL, SERVER_URL

if TYPE_CHECKING:
    from assistant.storage.database import Database, Store


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One file to choose from; `problem` says what is wrong with it, "" if nothing."""

    path: Path
    name: str
    used: bool
    embedded: bool
    header: Header | None
    problem: str = ""


def own_models(paths: Paths) -> Path:
    """The folder of the user's own model files."""
    return paths.home / "models"


def list_models(store: Store, paths: Paths) -> tuple[ModelChoice, ...]:
    """Every model file that is known: those that came along, the user's own, the one in use."""
    used = _setting(store)
    embedded = paths.models.resolve()
    files = list(find_models((paths.models, own_models(paths))))
    current = Path(used) if used else _embedded(paths)
    if current is not None and current.resolve() not in [file.resolve() for file in files]:
        files.append(current)
    marked = current is not None and not store.run(lambda db: db.settings.get(SERVER_URL))
    in_use = current.resolve() if current is not None and marked else None
    return tuple(_choice(file, file.resolve() == in_use, embedded) for file in files)


def display_name(paths: Paths, file: Path, name: str) -> str:
    """How a loaded model is called: the embedded one as the list of models says, others by `name`.

    What a file says about itself may be an internal name.
    """
    try:
        content = tomllib.loads((paths.models / "manifest.toml").read_text(encoding="utf-8"))
        titles = {
            (paths.models / str(part["path"])).resolve(): str(entry["title"])
            for entry in content["model"]
            for part in entry["file"]
            if "title" in entry
        }
    except (OSError, ValueError, KeyError, TypeError):
        return name
    return titles.get(file.resolve(), name)


def check_model(store: Store, file: Path) -> tuple[Header, Fit]:
    """What a file says about itself and whether it fits here; ModelProblem if it is not sound."""
    header = read_header(file)
    context = store.run(lambda db: db.settings.get(CONTEXT))
    return header, check_fit(header, context)


def model_in_use(store: Store, paths: Paths) -> Path:
    """The file that replies are written with; ModelProblem if there is none."""
    used = _setting(store)
    return Path(used) if used else embedded_model(paths.models)


def use_model(store: Store, paths: Paths, name: str) -> Path:
    """Write replies with another model from now on; checked first, and nothing changes if refused.

    A server that was in use is not any more.

    `name` is a path, or a name as `list_models` gives it; "" means the embedded one.
    """
    if not name:
        _store(store, "")
        return embedded_model(paths.models)
    path = _find(paths, name)
    read_header(path)
    own = _embedded(paths)
    if own is not None and path == own.absolute():
        return use_model(store, paths, "")  # so that it moves along with the program
    _store(store, str(path))
    return path


def add_model(paths: Paths, file: Path) -> Path:
    """Take a model file into the user's own folder, checked first; where it is then."""
    file = file.expanduser().absolute()
    read_header(file)
    target = own_models(paths) / file.name
    if target.exists():
        raise UsageProblem(f"There is a model {target.name} already; rename the file to add it.")
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        try:
            os.link(file, partial)  # costs no space where both are on one disk
        except OSError:
            shutil.copyfile(file, partial)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageProblem(
            f"The model cannot be put into {target.parent} ({error.strerror}); "
            "free some space or check the folder's permissions."
        ) from error
    return target


def fetch_model(paths: Paths, name: str) -> Iterator[str]:
    """Fetch and check a model of the manifest, line by line; ModelProblem if that fails."""
    names = _manifest_names(paths)
    if name not in names:
        raise UsageProblem(f"There is no model “{name}” to fetch; there are {', '.join(names)}.")
    command = [sys.executable, str(paths.models / "fetch.py"), name]
    last = ""
    with subprocess.Popen(  # noqa: S603  # our own script, a name from our own list
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as process:
        for line in process.stderr or ():
            if last:
                yield last
            last = line.rstrip()
    if process.returncode:
        raise ModelProblem(last or f"The model {name} could not be fetched; try again.")
    if last:
        yield last


def _setting(store: Store) -> str:
    """The stored path, "" for the embedded model."""
    return store.run(lambda db: db.settings.get(MODEL))


def _store(store: Store, model: str) -> None:
    """Note the model to use on this machine."""

    def write(db: Database) -> None:
        db.settings.set(MODEL, model)
        db.settings.set(SERVER_URL, "")

    store.run(write)


def _embedded(paths: Paths) -> Path | None:
    """The model that came along, None if it is missing."""
    try:
        return embedded_model(paths.models)
    except ModelProblem:
        return None


def _choice(file: Path, used: bool, embedded: Path) -> ModelChoice:
    """One file with what its header says."""
    header, problem = None, ""
    try:
        header = read_header(file)
    except ModelProblem as error:
        problem = str(error)
    return ModelChoice(file, file.stem, used, file.resolve().parent == embedded, header, problem)


def _find(paths: Paths, name: str) -> Path:
    """The file that a name or a path means."""
    known = find_models((paths.models, own_models(paths)))
    for path in known:
        if name in (path.stem, path.name):
            return path.absolute()
    return Path(name).expanduser().absolute()


def _manifest_names(paths: Paths) -> list[str]:
    """The models that can be fetched."""
    try:
        content = tomllib.loads((paths.models / "manifest.toml").read_text(encoding="utf-8"))
        return [str(entry["name"]) for entry in content["model"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelProblem(
            f"The list of models in {paths.models} is missing or damaged; "
            "install the program again."
        ) from None
