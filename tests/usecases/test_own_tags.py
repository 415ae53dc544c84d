"""Tags of the user's own: added, changed, removed, and kept apart from the library's."""

from __future__ import annotations

import pytest
from plain_personalizer import LIBRARY
from profile_homes import Home

from assistant.domain.errors import UsageProblem
from assistant.domain.model import TagKind
from assistant.usecases.own_tags import add_tag, remove_tag


def test_own_tags_are_added_changed_and_removed(make_home: Home) -> None:
    services = make_home("home")
    for words in ("Mention bees.", "Draw on keeping bees."):
        add_tag(services, name=" Bee\n keeping ", instruction=words, kind=TagKind.INTEREST)
    own = [tag for tag in services.store.run(lambda db: db.tags.all()) if tag.origin == "user"]
    assert [(tag.name, tag.instruction) for tag in own] == [
        ("Bee keeping", "Draw on keeping bees.")
    ]
    assert "Bee keeping" in [tag.name for tag in services.learner.weights()]
    with pytest.raises(UsageProblem, match="library"):
        add_tag(services, name=LIBRARY[0].name, instruction="x", kind=TagKind.STYLE)
    with pytest.raises(UsageProblem, match="characters"):
        add_tag(services, name="", instruction="x", kind=TagKind.STYLE)
    with pytest.raises(UsageProblem, match="characters"):
        add_tag(services, name="x", instruction="y" * 201, kind=TagKind.STYLE)
    remove_tag(services, name="bee keeping")
    with pytest.raises(UsageProblem, match="no tag of your own"):
        remove_tag(services, name=LIBRARY[0].name)
