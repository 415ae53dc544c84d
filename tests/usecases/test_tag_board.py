"""The tag board: what waits for the user comes first, what they banned last."""

from __future__ import annotations

from assistant.domain.model import Tag, TagKind
from assistant.storage.database import Database
from assistant.usecases.services import Services
from assistant.usecases.tag_board import tag_board, tag_details

CHESS = Tag("Chess", TagKind.INTEREST, "Draw on chess.", origin="import:ab", banned=True)


def test_tags_to_be_reviewed_come_first_and_banned_ones_last(services: Services) -> None:
    def write(db: Database) -> None:
        db.tags.add_own(CHESS)
        db.tags.set_flags("Sailing", pinned=True, banned=False)
        db.tags.set_flags("Brief", pinned=False, banned=True)

    services.store.run(write)
    board = tag_board(services)
    assert [one.tag.name for one in board] == ["Chess", "Sailing", "Thorough", "Brief"]
    assert [one.unreviewed for one in board] == [True, False, False, False]
    assert [one.own for one in board] == [True, False, False, False]
    assert board[0].weight is None  # the learner has not been told of it yet


def test_a_tag_that_the_learner_does_not_know_has_no_details(services: Services) -> None:
    assert tag_details(services, name="Chess") is None
    found = tag_details(services, name="Brief")
    assert found is not None
    assert (found.weight.name, found.behind) == ("Brief", ())
