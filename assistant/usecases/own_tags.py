"""Tags of the user's own: added with their instruction, tried like any other, removed."""

from __future__ import annotations

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Tag, TagKind
from assistant.usecases.examples import start_learner
from assistant.usecases.services import Services

NAME_LENGTH = 40
INSTRUCTION_LENGTH = 200

USER = "user"  # origin of such a tag
IMPORT = "import:"  # origin of what came from a profile file, followed by that profile's id


def add_tag(services: Services, *, name: str, instruction: str, kind: TagKind) -> Tag:
    """Add a tag, or give one's own another instruction; UsageProblem if it cannot be one."""
    tag = Tag(_line(name), kind, _line(instruction), area="Your own", origin=USER)
    if not 0 < len(tag.name) <= NAME_LENGTH:
        raise UsageProblem(f"A tag's name has 1 to {NAME_LENGTH} characters.")
    if not 0 < len(tag.instruction) <= INSTRUCTION_LENGTH:
        raise UsageProblem(
            f"A tag's instruction has 1 to {INSTRUCTION_LENGTH} characters; say it shorter."
        )
    services.store.run(lambda db: db.tags.add_own(tag))
    start_learner(services)
    return tag


def remove_tag(services: Services, *, name: str) -> None:
    """Remove a tag of the user's own; UsageProblem if there is none of that name."""
    services.store.run(lambda db: db.tags.remove_own(name))
    start_learner(services)


def _line(text: str) -> str:
    """A text on one line, without signs that show nothing."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())
