"""Reading other programs' export files: pure functions from bytes to chats.

Known are the exports of ChatGPT (`conversations.json`, or the .zip with it), of Claude (the same
names, other content) and our own JSON. Files are untrusted: sizes are bounded, shapes are checked,
and what is no conversation is left out and counted.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.domain.errors import UsageProblem

MAX_BYTES = 1 << 30
MAX_TEXT = 1 << 20  # characters of one message
MOST_REPLIES = 4  # to one query, as many as there are keys to rank them with
LATEST = 4e9  # seconds since the epoch, in the year 2096
_MEMBER = "conversations.json"


@dataclass(frozen=True, slots=True)
class ChatRound:
    """A query and the reply to it; `parent` is the index of the round before it in its chat.

    `others` are replies that the chat did not go on with, `edits` the user's texts for the reply,
    of which the one of number `version` stands for it (0: none).
    """

    text: str
    reply: str
    parent: int | None
    created_at: float
    others: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation; parents come before their children, `leaf` ends the path to show."""

    origin: str
    title: str
    created_at: float
    rounds: tuple[ChatRound, ...]
    leaf: int


@dataclass(frozen=True, slots=True)
class ChatFile:
    """What a file holds, and how many entries in it were no conversation."""

    program: str
    chats: tuple[Chat, ...]
    left_out: int


def read_chats(file: Path) -> ChatFile:
    """The chats in an export file; UsageProblem if it is none that is known."""
    content = _load(file)
    if isinstance(content, dict):
        content = [content]
    for program, known, read in _FORMATS:
        if isinstance(content, list) and any(isinstance(e, dict) and known in e for e in content):
            chats = tuple(chat for entry in content for chat in _attempt(read, entry))
            return ChatFile(program, chats, len(content) - len(chats))
    raise UsageProblem(
        f"{file.name} holds no conversations of ChatGPT, Claude or Attune; "
        "choose the conversations.json (or .zip) of their exports."
    )


def _load(file: Path) -> Any:  # noqa: ANN401 (whatever the JSON holds)
    """The file's JSON, unpacked if need be; never more than MAX_BYTES of it."""
    try:
        raw = file.read_bytes() if file.stat().st_size <= MAX_BYTES else b""
        if zipfile.is_zipfile(io.BytesIO(raw)):
            with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open(_MEMBER) as member:
                raw = member.read(MAX_BYTES + 1)
        if not 0 < len(raw) <= MAX_BYTES:
            raise UsageProblem(f"{file.name} is empty or larger than 1 GB; export fewer chats.")
        return json.loads(raw)
    except OSError as error:
        raise UsageProblem(
            f"The file {file} cannot be read ({error.strerror}); check its name."
        ) from error
    except (ValueError, KeyError, RecursionError, zipfile.BadZipFile) as error:
        raise UsageProblem(
            f"{file.name} is no export file (it holds no readable {_MEMBER}); export it again."
        ) from error


def _attempt(read: Callable[[Any], Chat], entry: object) -> Iterator[Chat]:
    """The chat in an entry, or nothing if the entry is none."""
    try:
        chat = read(entry)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return
    if chat.rounds:
        yield chat


def _chatgpt(entry: dict[str, Any]) -> Chat:
    """A tree of messages: each reply that follows a query becomes a round under its ancestors."""
    nodes: dict[str, dict[str, Any]] = entry["mapping"]
    rounds: list[ChatRound] = []
    place: dict[str, int | None] = {}  # of each node: the last round on the way to it
    asked: dict[str, str] = {}  # of each node: the query still without a reply
    order = [key for key, node in nodes.items() if node.get("parent") not in nodes]
    for key in order:  # grows while it is walked: parents before children
        node = nodes[key]
        children = dict.fromkeys(node.get("children", ()))  # each once, and only by its parent
        order += [child for child in children if nodes.get(child, {}).get("parent") == key]
        before = str(node.get("parent"))
        place[key], query = place.get(before), asked.get(before, "")
        role, text = _chatgpt_message(node.get("message"))
        if role == "user" and text:
            query = f"{query}\n\n{text}".strip()
        elif role == "assistant" and text and query:
            when = _seconds((node["message"] or {}).get("create_time"))
            rounds.append(ChatRound(query, text, place[key], when))
            place[key], query = len(rounds) - 1, ""
        elif role == "assistant" and text and place[key] is not None:
            last = rounds[place[key] or 0]
            rounds[place[key] or 0] = ChatRound(
                last.text, f"{last.reply}\n\n{text}", last.parent, last.created_at
            )
        asked[key] = query
    rounds, leaf = _together(rounds, place.get(entry.get("current_node", "")))
    created = _seconds(entry.get("create_time"))
    origin = f"chatgpt:{entry.get('conversation_id') or entry.get('id') or created}"
    return Chat(origin, _title(entry.get("title")), created, tuple(rounds), _leaf(leaf, rounds))


def _chatgpt_message(message: dict[str, Any] | None) -> tuple[str, str]:
    """Role and text of a message, "" if it has none to show."""
    if not message:
        return "", ""
    parts = message.get("content", {}).get("parts") or ()
    text = "\n\n".join(part for part in parts if isinstance(part, str))
    return str(message["author"]["role"]), _clean(text)


def _together(rounds: list[ChatRound], leaf: int | None) -> tuple[list[ChatRound], int | None]:
    """Replies to one query that nothing came after join the round of the one that was gone on
    with: they can be compared. Where several were gone on with, each stays a version."""
    followed = {round_.parent for round_ in rounds}
    same: dict[tuple[int | None, str], list[int]] = {}
    for at, round_ in enumerate(rounds):
        same.setdefault((round_.parent, round_.text), []).append(at)
    into: dict[int, int] = {}
    for members in same.values():
        ends = [at for at in members if at not in followed]
        on = [at for at in members if at in followed]
        if len(on) > 1 or (on and leaf in ends):
            continue
        stays = on[0] if on else leaf if leaf in ends else ends[-1]
        others = [at for at in ends if at != stays and rounds[at].reply != rounds[stays].reply]
        into |= dict.fromkeys(others[: MOST_REPLIES - 1], stays)
    kept = [at for at in range(len(rounds)) if at not in into]
    new = {at: number for number, at in enumerate(kept)}
    joined = [
        replace(
            rounds[at],
            parent=None if (parent := rounds[at].parent) is None else new[parent],
            others=tuple(dict.fromkeys(rounds[one].reply for one in into if into[one] == at)),
        )
        for at in kept
    ]
    return joined, None if leaf is None else new[leaf]


def _claude(entry: dict[str, Any]) -> Chat:
    """A list of messages, one after the other."""
    rounds: list[ChatRound] = []
    query = ""
    for message in entry["chat_messages"]:
        blocks = message.get("content") or ()
        texts = [b["text"] for b in blocks if isinstance(b, dict) and b.get("type") == "text"]
        text = _clean("\n\n".join(texts) or str(message.get("text") or ""))
        if message["sender"] == "human":
            query = f"{query}\n\n{text}".strip()
        elif query and text:
            when = _moment(message.get("created_at"))
            rounds.append(ChatRound(query, text, len(rounds) - 1 if rounds else None, when))
            query = ""
    return Chat(
        f"claude:{entry['uuid']}",
        _title(entry.get("name")),
        _moment(entry.get("created_at")),
        tuple(rounds),
        _leaf(None, rounds),
    )


def _attune(entry: dict[str, Any]) -> Chat:
    """Our own export: each query with the reply that was chosen, as it was edited, and others."""
    rounds: list[ChatRound] = []
    for round_ in entry["rounds"]:
        replies = [c for c in round_["candidates"] if c["id"] == round_["chosen"]]
        others = [_clean(c["text"]) for c in round_["candidates"] if c["id"] != round_["chosen"]]
        if replies:
            edits = tuple(_clean(text) for text in replies[0].get("edits", ()))
            version = replies[0].get("version", 0)
            rounds.append(
                ChatRound(
                    _clean(round_["text"]),
                    _clean(replies[0]["text"]),
                    len(rounds) - 1 if rounds else None,
                    _seconds(round_["created_at"]),
                    tuple(text for text in others if text)[: MOST_REPLIES - 1],
                    edits,
                    version if version in range(len(edits) + 1) and all(edits) else 0,
                )
            )
    about = entry["conversation"]
    created = _seconds(about["created_at"])
    origin = f"attune:{about['id']}:{created}"
    return Chat(origin, _title(about["title"]), created, tuple(rounds), _leaf(None, rounds))


_FORMATS: tuple[tuple[str, str, Callable[[Any], Chat]], ...] = (
    ("ChatGPT", "mapping", _chatgpt),
    ("Claude", "chat_messages", _claude),
    ("Attune", "rounds", _attune),
)


def _leaf(place: int | None, rounds: list[ChatRound]) -> int:
    """The round to end with: the one named, or the last."""
    return len(rounds) - 1 if place is None else place


def _clean(text: str) -> str:
    """A text without control characters (but line ends and tabs), of bounded length."""
    kept = "".join(c for c in text if (c >= " " or c in "\n\t") and not "\ud800" <= c <= "\udfff")
    return kept[:MAX_TEXT].strip()


def _title(text: object) -> str:
    """A title on one line, never empty."""
    return " ".join(_clean(str(text or "")).split())[:120] or "Imported conversation"


def _moment(text: object) -> float:
    """A time written in ISO 8601 as seconds since the epoch, 0 if it is none."""
    try:
        return _seconds(datetime.fromisoformat(str(text)).timestamp())
    except (ValueError, OverflowError, OSError):
        return 0.0


def _seconds(value: object) -> float:
    """Seconds since the epoch, 0 if it is no moment that a calendar shows."""
    seconds = float(value) if isinstance(value, int | float) else 0.0
    return seconds if 0.0 <= seconds < LATEST else 0.0
