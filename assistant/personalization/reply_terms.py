"""From the replies to one query to the rows of numbers that the scorer weighs.

Only differences between replies to the same query mean anything, so every term is centred over
them, scaled by its typical difference and cut at three of these. Texts without a vector have no
relations and no place on the axes of meaning (all zero); place is centred too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Reply
from assistant.personalization.scorer_prior import RELATIONS, TEXT_TERMS, Floats, ScorerPrior
from assistant.personalization.text_features import FEATURES, features_of

CUT = 3.0
# Cosine with the query from which on a reply counts as staying with it. Public raters prefer the
# nearer of two replies where the other is below about .3, and neither where both are above.
NEAR_ENOUGH = 0.4
RELATION_WORDS = (
    ("staying with the query", "straying from the query"),
    ("what the replies have in common", "being unlike the other replies"),
    ("wording of its own", "wording shared with the others"),
)


def words_for(term: int) -> tuple[str, str]:
    """What more and less of a text term is called."""
    if term < len(FEATURES):
        return FEATURES[term].more, FEATURES[term].less
    return RELATION_WORDS[term - len(FEATURES)]


def key_of(term: int) -> str:
    """The key of a text term."""
    relations = ("relevance", "consensus", "novelty")
    return FEATURES[term].key if term < len(FEATURES) else relations[term - len(FEATURES)]


def raw_terms(query: str, texts: Sequence[str], vectors: Mapping[str, Vectors]) -> Floats:
    """Text features and relations of each reply, neither centred nor scaled."""
    features = features_of(query, texts)
    relations = np.zeros((len(texts), RELATIONS))
    relations[:, 2] = _novelty(texts)
    if query in vectors and all(text in vectors for text in texts):
        rows = np.stack([vectors[text] for text in texts]).astype(np.float64)
        near = rows @ vectors[query].astype(np.float64)
        relations[:, 0] = np.minimum(near, NEAR_ENOUGH)
        relations[:, 1] = (rows @ rows.T).sum(axis=1) / max(1, len(texts) - 1)
    return np.hstack([features, relations])


def terms_of(
    prior: ScorerPrior, query: str, replies: Sequence[Reply], vectors: Mapping[str, Vectors]
) -> tuple[Floats, float]:
    """One row for each reply over all the prior's weights, and how much the replies tell."""
    texts = [reply.text for reply in replies]
    return rows_from(
        prior, raw_terms(query, texts, vectors), _meanings(prior, texts, vectors), replies
    )


def rows_from(
    prior: ScorerPrior, raw: Floats, meanings: Floats, replies: Sequence[Reply]
) -> tuple[Floats, float]:
    """The same from terms and meanings computed before."""
    lean = prior.gate.lean(raw[:, : len(FEATURES)])
    text = _spread(raw, prior.scale)
    places = np.array([[float(reply.place)] for reply in replies])
    rows = [text, lean * text, _spread(meanings, prior.axis_scale), places - places.mean()]
    return np.hstack(rows), lean


def effective(weights: Floats, lean: float) -> Floats:
    """The weight of each text term where replies tell (1), inform (-1), or are in between."""
    return np.asarray(weights[:TEXT_TERMS] + lean * weights[TEXT_TERMS : 2 * TEXT_TERMS])


def _meanings(prior: ScorerPrior, texts: Sequence[str], vectors: Mapping[str, Vectors]) -> Floats:
    """Where each reply lies on the axes of meaning."""
    if not len(prior.axes) or not all(text in vectors for text in texts):
        return np.zeros((len(texts), len(prior.axes)))
    return np.asarray(np.stack([vectors[text] for text in texts]) @ prior.axes.T, dtype=float)


def _spread(values: Floats, scale: Floats) -> Floats:
    """Centred over the replies, in units of the typical difference."""
    return np.asarray(np.clip((values - values.mean(axis=0)) / scale, -CUT, CUT))


def _novelty(texts: Sequence[str]) -> Floats:
    """Share of each reply's pairs of neighbouring words that no other reply has."""
    pairs = [set(pairwise(w)) for w in (t.lower().split() for t in texts)]
    own = []
    for i, mine in enumerate(pairs):
        others = set().union(*pairs[:i], *pairs[i + 1 :])
        own.append(len(mine - others) / max(1, len(mine)))
    return np.array(own)
