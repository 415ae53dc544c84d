"""The tag board: certainty, filter, the user's say, how a weight came to be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from learned_desk import LearnedDesk, teach
from learned_fixtures import buttons, part_of, show_page
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from assistant.domain.model import Tag, TagKind, TagWeight, TopicWeight
from assistant.gui.learned_tag_card import TagCard, liking, sentence
from assistant.gui.learned_tag_list import EVERYTHING, OWN_SAY, UNREVIEWED, matches, spoken
from assistant.gui.learned_tags import LearnedTags
from assistant.gui.tag_row import TagRow
from assistant.usecases.tag_board import BoardTag, TagDetails

BRIEF = Tag("Brief", TagKind.STYLE, "Be brief.", area="Style")
LIKED = TagWeight("Brief", "style", 0.8, 0.2, 0.34)
IMPORTED = replace(BRIEF, name="Chess", origin="import:ab12", banned=True)


def open_tags(qtbot: QtBot, desk: LearnedDesk) -> LearnedTags:
    part = part_of(show_page(qtbot, desk), "Tags", LearnedTags)
    qtbot.waitUntil(lambda: part.list.count() > 0)
    return part


def flags(desk: LearnedDesk, name: str) -> tuple[bool, bool]:
    tags = desk.services.store.run(lambda db: db.tags.all())
    return next((tag.pinned, tag.banned) for tag in tags if tag.name == name)


def look_at(part: LearnedTags, name: str) -> None:
    at = next(i for i in range(part.list.count()) if part.list.item(i).text() == name)
    part.list.setCurrentRow(at)


def test_a_tag_is_pinned_banned_and_freed(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = open_tags(qtbot, desk)
    look_at(part, "Brief")
    for word, expected in (("Pin", (True, False)), ("Ban", (False, True)), ("Allow", (False,) * 2)):
        qtbot.waitUntil(lambda word=word: word in buttons(part.card))
        buttons(part.card)[word].click()
        qtbot.waitUntil(lambda expected=expected: flags(desk, "Brief") == expected)
        picked = part.list.picked_tag()
        assert picked is not None
        assert picked.tag.name == "Brief"  # it is still looked at, wherever it is listed now


def test_how_a_weight_came_to_be_ends_where_it_is_now(qtbot: QtBot, desk: LearnedDesk) -> None:
    teach(desk.services, 4)
    part = open_tags(qtbot, desk)
    look_at(part, "Brief")
    qtbot.waitUntil(lambda: not part.card.course.isHidden())
    now = next(w for w in desk.services.learner.weights() if w.name == "Brief")
    assert f"to {now.weight:+.2f}".replace("-", "−") in part.card.course_note.text()
    assert "after 4" in part.card.course_note.text()
    assert part.card.course.accessibleName() == part.card.course_note.text()
    qtbot.waitUntil(lambda: "ranking" in part.card.behind.text())


def test_a_tag_of_ones_own_is_added_and_removed(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = open_tags(qtbot, desk)
    part.form.name.setText("Sailing")
    part.form.instruction.setText("Draw on sailing.")
    part.form.add_button.click()
    qtbot.waitUntil(lambda: part.list.count() == 4)
    assert part.form.name.text() == ""
    look_at(part, "Sailing")
    qtbot.waitUntil(lambda: "Remove" in buttons(part.card))
    buttons(part.card)["Remove"].click()
    qtbot.waitUntil(lambda: part.list.count() == 3)


def test_the_list_is_narrowed_by_a_word_and_a_kind(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = open_tags(qtbot, desk)
    part.search.setText("baking")
    assert part.count.text() == "1 tag"
    part.search.clear()
    part.kind.setCurrentText("Styles")
    assert part.count.text() == "1 tag"
    part.kind.setCurrentText(UNREVIEWED)
    assert part.count.text() == "No tags wait for you."


def test_where_no_tag_fits_none_is_shown(qtbot: QtBot, desk: LearnedDesk) -> None:
    part = open_tags(qtbot, desk)
    look_at(part, "Brief")
    assert part.card.isVisible()
    part.search.setText("emojizzz")
    assert part.card.isHidden()
    part.search.clear()
    assert part.card.isVisible()


def test_an_imported_tag_waits_to_be_allowed() -> None:
    one = BoardTag(IMPORTED, None)
    assert one.unreviewed
    assert one.own
    assert matches(one, "", UNREVIEWED)
    assert matches(one, "", OWN_SAY)
    assert "not reviewed yet" in spoken(one)
    assert "before you allow it" in sentence(one)
    assert not matches(BoardTag(BRIEF, LIKED), "", UNREVIEWED)
    assert matches(BoardTag(BRIEF, LIKED), "style", EVERYTHING)


@pytest.mark.parametrize(
    ("weight", "sd", "said"),
    [
        (0.8, 0.2, "You like it (weight +0.80 ± 0.20), I am quite sure."),
        (-0.5, 0.3, "You may dislike it (weight −0.50 ± 0.30), but I am not sure."),
        (0.1, 0.7, "I cannot tell yet whether you like it (weight +0.10 ± 0.70)."),
    ],
)
def test_a_weight_is_told_with_its_uncertainty(weight: float, sd: float, said: str) -> None:
    assert liking(TagWeight("Brief", "style", weight, sd)) == said


def test_the_strength_for_each_topic_of_queries_is_told_where_topics_matter(
    qtbot: QtBot, appearance
) -> None:
    weight = TagWeight("Brief", "style", 0.3, 0.2)
    topics = (TopicWeight("Fix my code", 0.9, 0.1), TopicWeight("A poem " * 20, -0.4, 0.25))
    card = TagCard()
    qtbot.addWidget(card)
    card.show_tag(BoardTag(Tag("Brief", TagKind.STYLE, "Be brief."), weight))
    card.show_details(TagDetails(replace(weight, topics=topics), ()))
    first, second = card.topics.text().splitlines()
    assert first == "+0.90 ± 0.10 with queries like “Fix my code”"
    assert second.startswith("−0.40 ± 0.25 with queries like “A poem")
    assert second.endswith("…”")
    card.show_details(TagDetails(weight, ()))
    assert card.topics.isHidden()
    row = TagRow("Brief", replace(weight, topics=topics))
    qtbot.addWidget(row)
    assert any(first == one.text() for one in row.findChildren(QLabel))
