from __future__ import annotations

from pathlib import Path

import pytest
from opinion_files import PEOPLE, write_survey

from assistant.domain.errors import UsageProblem
from assistant.evaluation.opinions_data import KNOWN, choose_people, read_opinions


def test_twenty_answers_are_known_and_the_rest_is_tested(tmp_path: Path) -> None:
    opinions = read_opinions(write_survey(tmp_path))
    assert len(opinions.people) == PEOPLE
    for person in opinions.people:
        assert len(person.known) == KNOWN
        assert not set(person.known) & set(person.tested)
        assert len(person.answers) == 26


def test_the_split_is_the_same_every_time(tmp_path: Path) -> None:
    folder = write_survey(tmp_path)
    assert read_opinions(folder) == read_opinions(folder)


def test_fewer_people_are_a_part_of_more(tmp_path: Path) -> None:
    opinions = read_opinions(write_survey(tmp_path))
    assert choose_people(opinions, 10, 1)[:4] == choose_people(opinions, 4, 1)
    assert len(choose_people(opinions, 10**6, 1)) == PEOPLE


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be read"):
        read_opinions(tmp_path)


def test_an_answer_that_is_no_option_is_refused(tmp_path: Path) -> None:
    folder = write_survey(tmp_path)
    text = (folder / "users.jsonl").read_text()
    (folder / "users.jsonl").write_text(text.replace('["q0", 0]', '["q0", 7]'))
    with pytest.raises(UsageProblem, match="not survey answers"):
        read_opinions(folder)
