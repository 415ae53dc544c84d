"""Profile files: a ZIP of a few JSON members, written whole and read with distrust.

Reading is bounded in every direction (members, bytes, ratio, depth, length of texts) and never
unpacks to disk. Only names on the list below exist; everything else is refused.
"""

from __future__ import annotations

import json
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.domain.errors import UsageProblem

MEMBERS = (
    "manifest.json",
    "tags.json",
    "lessons.json",
    "rules.json",
    "snippets.json",
    "prompts.json",
    "rankings.json",
    "adapter.safetensors",
)
MAX_MEMBER = 64 << 20
MAX_TOTAL = 256 << 20
MAX_RATIO = 200
MAX_DEPTH = 16
MAX_TEXT = 1 << 20
_BROKEN = (  # what zipfile raises for broken files
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
_MOMENT = (1980, 1, 1, 0, 0, 0)  # equal content gives equal files
_UNSEEN = {"Cf", "Cc", "Cs", "Co"}  # categories of signs that show nothing; line ends are allowed


def write_archive(file: Path, members: Mapping[str, bytes]) -> None:
    """Write a profile file whole or not at all; UsageProblem if it cannot be written."""
    partial = file.with_name(file.name + ".partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in MEMBERS:
                if name in members:
                    info = zipfile.ZipInfo(name, _MOMENT)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, members[name])
        partial.chmod(0o600)
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageProblem(
            f"The file {file} cannot be written ({error.strerror}); choose another place."
        ) from error


def read_archive(file: Path) -> dict[str, bytes]:
    """The members of a profile file; UsageProblem if it is none, or larger than any can be."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = [info.filename for info in archive.infolist()]
            if "manifest.json" not in names or len(set(names)) != len(names):
                raise _refused(file, "it has no manifest, or names a part twice")
            if unknown := set(names) - set(MEMBERS):
                raise _refused(file, f"it holds something unknown: {min(unknown)[:60]!r}")
            return _read_members(file, archive)
    except OSError as error:
        raise UsageProblem(
            f"The file {file} cannot be read ({error.strerror}); check its name."
        ) from error
    except _BROKEN as error:
        raise _refused(file, "it is damaged") from error


def _read_members(file: Path, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Each member's bytes, counted while they are unpacked: what headers say is not believed."""
    members: dict[str, bytes] = {}
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise _refused(file, "it is encrypted")
        with archive.open(info) as member:
            content = member.read(MAX_MEMBER + 1)
        members[info.filename] = content
        swollen = len(content) > MAX_RATIO * max(info.compress_size, 1024)
        if len(content) > MAX_MEMBER or swollen or sum(map(len, members.values())) > MAX_TOTAL:
            raise _refused(file, "it unpacks to far more than a profile holds")
    return members


def parse_json(file: Path, name: str, content: bytes) -> Any:  # noqa: ANN401 (JSON of any shape)
    """A member's JSON with bounded depth and texts, normalised, without signs that show nothing."""
    try:
        return _checked(json.loads(content), 0)
    except (ValueError, RecursionError) as error:
        raise _refused(file, f"its part {name} cannot be read") from error


def visible(text: str) -> str:
    """A text, normalised, without signs that show nothing."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)


def _checked(value: Any, depth: int) -> Any:  # noqa: ANN401
    if depth > MAX_DEPTH:
        raise ValueError("too deep")
    if isinstance(value, dict):
        return {_checked(k, depth + 1): _checked(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_checked(item, depth + 1) for item in value]
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise ValueError("too long")
        return visible(value)
    if isinstance(value, float) and not abs(value) < float("inf"):
        raise ValueError("not finite")
    return value


def _refused(file: Path, reason: str) -> UsageProblem:
    return UsageProblem(
        f"{file.name} is no profile that can be imported ({reason}); export it again with Attune."
    )
