"""The tokenizer that a GGUF header describes, as the tokenizers package runs it.

Contract: gives the same tokens as llama.cpp for byte-level BPE with one of the known splits;
ModelProblem for any other kind. Text of somebody is encoded as plain text, so that it can never
forge a special token.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

from assistant.domain.errors import ModelProblem
from assistant.personalization.agent_task import Piece

CONTROL = 3  # GGUF's mark of special tokens

# How each named split cuts text before BPE (llama.cpp's names).
_QWEN2 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|"
    r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_LLAMA3 = _QWEN2.replace(r"|\p{N}|", r"|\p{N}{1,3}|")


def build_tokenizer(value: Callable[[str], Any]) -> Tokenizer:
    """The tokenizer; `value` reads a key of the header's tokenizer part, None if it is missing."""
    kind, split = value("model"), value("pre")
    if kind != "gpt2" or split not in _SPLITS:
        raise ModelProblem(
            f"The agent cannot be trained on a model with the tokenizer {kind}/{split}; "
            "use the model that comes with Attune as the agent's base."
        )
    tokens, kinds = value("tokens"), value("token_type")
    vocabulary = {token: index for index, token in enumerate(tokens)}
    pairs = [merge.partition(" ") for merge in value("merges")]
    merges = [(left, right) for left, _, right in pairs if left + right in vocabulary]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = _SPLITS[split]()
    tokenizer.decoder = decoders.ByteLevel()
    special = [token for token, mark in zip(tokens, kinds, strict=True) if mark == CONTROL]
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in special])
    return tokenizer


def encode(tokenizer: Tokenizer, pieces: Sequence[Piece]) -> list[int]:
    """The tokens of a prompt; only literal pieces may name special tokens."""
    found: list[int] = []
    for piece in pieces:
        tokenizer.encode_special_tokens = not piece.literal
        found += tokenizer.encode(piece.text, add_special_tokens=False).ids
    tokenizer.encode_special_tokens = False
    return found


def _bytes(*, use_regex: bool) -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=use_regex)


def _digits_apart() -> pre_tokenizers.PreTokenizer:
    digits = pre_tokenizers.Digits(individual_digits=True)
    return pre_tokenizers.Sequence([digits, _bytes(use_regex=True)])


def _by_pattern(pattern: str) -> pre_tokenizers.PreTokenizer:
    split = pre_tokenizers.Split(Regex(pattern), behavior="isolated")
    return pre_tokenizers.Sequence([split, _bytes(use_regex=False)])


_SPLITS: dict[str, Callable[[], pre_tokenizers.PreTokenizer]] = {
    "gpt-2": lambda: _bytes(use_regex=True),
    "smollm": _digits_apart,
    "qwen2": lambda: _by_pattern(_QWEN2),
    "llama-bpe": lambda: _by_pattern(_LLAMA3),
}
