"""What the texts of replies show of the interests, beside what they were asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.learner import Example, Reply
from assistant.personalization.tag_features import CUT, SHOWN, TagFeatures
from assistant.personalization.tag_selector import TagSelector
from tests.personalization.word_embedder import WordEmbedder

SUBJECTS = ("rain", "tea", "chess", "stars", "bread", "trains", "owls", "maps", "salt", "drums")
TAGS = [
    *(Tag(word, TagKind.INTEREST, f"speak of {word}") for word in SUBJECTS),
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Full"),
    Tag("Full", TagKind.STYLE, "be full", opposite="Brief"),
]
EMBEDDER = WordEmbedder(256)


def vectors_of(texts):
    return dict(zip(texts, EMBEDDER.embed(list(texts)), strict=True))


def told(word: str) -> str:
    return f"here is a thing about {word}"


def unasked(count: int, liked: str) -> dict[int, Example]:
    """Replies that no tag guided; the one that happens to be about the liked subject wins."""
    chance, found = np.random.default_rng(3), {}
    for n in range(count):
        others = [str(w) for w in chance.choice([w for w in SUBJECTS if w != liked], 2, False)]
        replies = tuple(Reply((), text=told(word)) for word in (liked, *others))
        found[n] = Example(n, "a query", replies, ((0,), (1,), (2,)))
    return found


def fitted(examples: dict[int, Example], *, read: bool = True) -> TagSelector:
    texts = vectors_of({r.text for e in examples.values() for r in e.replies}) if read else {}
    found = TagSelector(TAGS, EMBEDDER.embed([tag.instruction for tag in TAGS]), texts)
    for _ in found.learn(examples, CancelToken()):
        pass
    return found


def test_an_interest_that_nobody_asked_for_is_learned_from_the_texts():
    learned = fitted(unasked(15, "owls"))
    assert SUBJECTS[int(np.argmax(learned.mean))] == "owls"
    assert learned.liked("a query")[SUBJECTS.index("owls")] > 0.5
    assert learned.influences("owls")


def test_texts_that_were_not_read_teach_nothing():
    assert not fitted(unasked(15, "owls"), read=False).mean.any()


def test_a_reply_is_expected_to_win_by_what_it_shows():
    examples = unasked(15, "owls")
    learned = fitted(examples)
    unread = (Reply((), text="never read"), Reply((), text=told("owls")))
    learned_of = learned.utilities("another query", examples[0].replies)
    assert learned_of[0] > max(learned_of[1:])
    assert learned.prior_utilities("another query", examples[0].replies) == (0.0, 0.0, 0.0)
    assert len(set(learned.utilities("another query", unread))) == 1


def test_a_ranking_with_a_reply_that_says_nothing_shows_nothing():
    empty = {
        n: replace(e, replies=(*e.replies[:2], Reply(()))) for n, e in unasked(9, "owls").items()
    }
    texts = vectors_of({"", *(r.text for e in empty.values() for r in e.replies)})
    learned = TagSelector(TAGS, EMBEDDER.embed([tag.instruction for tag in TAGS]), texts)
    for _ in learned.learn(empty, CancelToken()):
        pass
    assert not learned.mean.any()


def test_a_query_without_text_has_no_relevance():
    learned = fitted({})
    learned.know_query("", EMBEDDER.embed([""])[0])
    learned.know_query("owls", EMBEDDER.embed(["owls"])[0])
    assert not learned.relevance("").any()
    assert learned.relevance("owls").any()


def test_what_is_shown_is_compared_with_the_other_replies_and_bounded():
    features = TagFeatures(TAGS, EMBEDDER.embed([t.instruction for t in TAGS]).astype(float))
    rows = EMBEDDER.embed([told("owls"), told("chess")]).astype(float)
    shown = features.shown(rows)
    assert shown.shape == (2, len(SUBJECTS))
    np.testing.assert_allclose(shown.sum(axis=0), 0.0, atol=1e-5)
    assert np.abs(shown).max() <= SHOWN * CUT
    assert not features.shown(rows[:1]).any()


def test_all_bad_says_nothing_of_what_texts_show():
    examples = {n: replace(e, tiers=(), rest=(0, 1, 2)) for n, e in unasked(5, "owls").items()}
    np.testing.assert_allclose(fitted(examples).mean, fitted(examples, read=False).mean)


def test_taking_a_ranking_back_gives_the_same_state_with_texts_too():
    examples = unasked(12, "owls")
    learned = fitted(dict(list(examples.items())[:11]))
    before = learned.dump()
    texts = vectors_of({r.text for e in examples.values() for r in e.replies})
    other = TagSelector(TAGS, EMBEDDER.embed([tag.instruction for tag in TAGS]), texts)
    for known in (examples, dict(list(examples.items())[:11])):
        for _ in other.learn(known, CancelToken()):
            pass
    assert other.dump() == before


def test_what_a_text_shows_is_told_as_a_reason_for_it_and_against_the_others():
    examples = unasked(15, "owls")
    about, other, _ = fitted(examples).reasons("a query", examples[0].replies)
    assert (about[0].key, about[0].words) == ("interest:owls", "what it says of owls")
    assert about[0].amount > 0
    little = next(reason for reason in other if reason.key == "interest:owls")
    assert little.words == "saying little of owls"
    assert little.amount < 0
    assert fitted(examples, read=False).reasons("a query", examples[0].replies) == ((), (), ())
