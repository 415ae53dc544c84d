"""A profile file is written whole, and read with distrust."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assistant.domain.errors import UsageProblem
from assistant.storage import archive
from assistant.storage.archive import parse_json, read_archive, write_archive

MEMBERS = {"manifest.json": b"{}", "tags.json": b"[1]"}


def make(file: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return file


def test_what_was_written_is_read_back_and_equal_content_gives_equal_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.attune", tmp_path / "b.attune"
    write_archive(first, MEMBERS)
    write_archive(second, MEMBERS)
    assert read_archive(first) == MEMBERS
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(UsageProblem, match="cannot be written"):
        write_archive(tmp_path / "taken", MEMBERS)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize(
    "members",
    [
        {"tags.json": b"[]"},
        {"manifest.json": b"{}", "../../evil.json": b"{}"},
        {"manifest.json": b"{}", "run.py": b""},
        {"manifest.json": b"{}", "tags.json": bytes(50 << 20)},
    ],
)
def test_what_a_profile_never_holds_is_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(UsageProblem, match="no profile that can be imported"):
        read_archive(make(tmp_path / "x.attune", members))


def test_a_part_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER", 1000)
    file = make(tmp_path / "x.attune", {"manifest.json": b"x" * 1001})
    with pytest.raises(UsageProblem, match="far more"):
        read_archive(file)


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.attune"
    file.write_bytes(content)
    with pytest.raises(UsageProblem, match="no profile"):
        read_archive(file)


def test_every_flipped_byte_is_read_right_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.attune"
    write_archive(file, MEMBERS)
    sound = file.read_bytes()
    for place in range(len(sound)):
        broken = bytearray(sound)
        broken[place] ^= 0xFF
        file.write_bytes(broken)
        try:
            members = read_archive(file)
        except UsageProblem:
            continue
        assert members.items() <= MEMBERS.items(), "a part may be missing, but none is wrong"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"none\.attune cannot be read"):
        read_archive(tmp_path / "none.attune")


def test_texts_lose_signs_that_show_nothing(tmp_path: Path) -> None:
    content = b'["a\\u202eb\\u200bc\\u0000", "line\\n\\tend"]'
    assert parse_json(tmp_path, "x", content) == ["abc", "line\n\tend"]


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100 + b"]" * 100, b"[NaN]", b"[1e999]"])
def test_json_that_is_no_data_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsageProblem, match="cannot be read"):
        parse_json(tmp_path / "x.attune", "tags.json", content)
