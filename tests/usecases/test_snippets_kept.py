"""Snippets: names are told apart without capitals, texts are bounded, profiles carry them."""

from __future__ import annotations

from pathlib import Path

import pytest
from profile_homes import Home

from assistant.domain.errors import UsageProblem
from assistant.storage.archive import read_archive
from assistant.storage.database import open_in_memory
from assistant.usecases.profile_file import (
    export_profile,
    import_profile,
    imports,
    preview_import,
    remove_import,
)
from assistant.usecases.snippets import (
    LONGEST_NAME,
    LONGEST_TEXT,
    add_snippet,
    edit_snippet,
    list_snippets,
    remove_snippet,
)


@pytest.fixture
def store():
    database = open_in_memory()
    yield database
    database.close()


def test_names_are_cleaned_sorted_and_found_whatever_their_capitals(store) -> None:
    add_snippet(store, name="/  Zoo \n trip", text=" a ", now=1.0)
    add_snippet(store, name="apple", text="b", now=1.0)
    assert [(s.name, s.text) for s in list_snippets(store)] == [("apple", "b"), ("Zoo trip", "a")]
    assert edit_snippet(store, name="/ZOO trip", text="c").text == "c"
    assert remove_snippet(store, name="Apple").name == "apple"


def test_a_name_means_one_snippet(store) -> None:
    add_snippet(store, name="Größe", text="a", now=1.0)
    with pytest.raises(UsageProblem, match="already"):
        add_snippet(store, name="GRÖSSE", text="b", now=1.0)
    add_snippet(store, name="other", text="b", now=1.0)
    with pytest.raises(UsageProblem, match="already"):
        edit_snippet(store, name="other", new_name="größe")
    assert edit_snippet(store, name="other", new_name="OTHER").name == "OTHER"


@pytest.mark.parametrize(
    ("name", "text"),
    [("", "a"), ("/", "a"), ("n" * (LONGEST_NAME + 1), "a"), ("a", " "), ("a", "t" * 20_001)],
)
def test_what_is_empty_or_too_long_is_refused(store, name: str, text: str) -> None:
    assert LONGEST_TEXT == 20_000
    with pytest.raises(UsageProblem, match="characters"):
        add_snippet(store, name=name, text=text, now=1.0)
    assert list_snippets(store) == ()


def test_an_unknown_name_is_one_sentence(store) -> None:
    with pytest.raises(UsageProblem, match="no snippet “none”"):
        remove_snippet(store, name="none")


def test_wiping_leaves_nothing_of_them(tmp_path: Path) -> None:
    from assistant.paths import Paths
    from assistant.storage.database import open_database
    from assistant.usecases.wipe import wipe

    paths = Paths(home=tmp_path / "home", cache=tmp_path / "cache", project=tmp_path)
    database = open_database(paths.database)
    add_snippet(database, name="secret", text="unmistakable words", now=1.0)
    database.close()
    wipe(paths)
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(b"unmistakable" in file.read_bytes() for file in kept)


def test_snippets_travel_only_with_texts_and_leave_with_their_profile(
    make_home: Home, tmp_path: Path
) -> None:
    old, new = make_home("old"), make_home("new")
    without, file = tmp_path / "without.attune", tmp_path / "with.attune"
    add_snippet(old.store, name="Greeting", text="Dear all", now=1.0)
    add_snippet(old.store, name="Tea", text="With cake", now=1.0)
    add_snippet(new.store, name="GREETING", text="Mine", now=1.0)
    export_profile(old, file=without)
    assert preview_import(new, file=without).new_snippets == ()
    assert b"Dear all" not in b"".join(read_archive(without).values())
    export_profile(old, file=file, texts=True)
    change = import_profile(new, file=file)
    assert change.new_snippets == ("Tea",)
    assert imports(new) == {change.profile: 0}
    assert [s.text for s in list_snippets(new.store)] == ["Mine", "With cake"]
    remove_import(new, profile=change.profile)
    assert [s.text for s in list_snippets(new.store)] == ["Mine"]
