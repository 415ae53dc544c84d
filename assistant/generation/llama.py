"""llama.cpp's functions, and the weights and vocabulary of one GGUF model.

Contract: the only module besides `baseline` that imports llama_cpp (the others get `ll` from
here), and only in child processes. Raises ModelProblem if a file cannot be loaded.
Contexts, which evaluate tokens with these weights, are in `llama_context`.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as ll

from assistant.domain.errors import ModelProblem
from assistant.generation.prompt import Segment

__all__ = ["Log", "Weights", "convert", "cpu_features", "ll", "model_parameters", "standard_error"]

_LOG_ERROR = 4
_STDERR = 2  # the file descriptor


class Log:
    """Keeps llama.cpp quiet and remembers its first complaint; those after it only repeat it."""

    def __init__(self) -> None:
        self.error = ""
        self._callback = ll.llama_log_callback(self._receive)  # must outlive the library's use
        ll.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _receive(self, level: int, text: bytes, _: object) -> None:
        if level == _LOG_ERROR and not self.error:
            self.error = text.decode("utf-8", "replace").strip()


@contextmanager
def standard_error() -> Iterator[list[str]]:
    """Collect, in the list, what C code writes to standard error past the log."""
    written: list[str] = []
    try:
        kept = os.dup(_STDERR)
    except OSError:  # a window's process on Windows may have none
        yield written
        return
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), _STDERR)
        try:
            yield written
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)
            file.seek(0)
            written.append(file.read().decode("utf-8", "replace"))


class Weights:
    """A model in memory: what all of its contexts share."""

    def __init__(self, path: Path) -> None:
        self.log = Log()
        self.path = path
        ll.llama_backend_init()
        parameters = model_parameters()
        parameters.n_gpu_layers = 0
        self.model: Any = ll.llama_model_load_from_file(str(path).encode(), parameters)
        if not self.model:
            raise self.problem()
        self.vocab: Any = ll.llama_model_get_vocab(self.model)
        self.vocabulary = int(ll.llama_vocab_n_tokens(self.vocab))
        self._tokens_of = lru_cache(maxsize=4096)(self._tokenise_text)

    def problem(self) -> ModelProblem:
        """The error for a file that llama.cpp refused, with its reason."""
        return ModelProblem(
            f"The model file {self.path} could not be loaded "
            f"({self.log.error or 'no reason given'}); "
            "choose a smaller model or one that this version of llama.cpp knows."
        )

    def close(self) -> None:
        """Give the memory back, after all contexts are closed."""
        ll.llama_model_free(self.model)

    def tokenise(self, segments: tuple[Segment, ...], begin: bool) -> list[int]:
        """Tokens of the segments; with `begin`, what the model wants at a prompt's beginning."""
        tokens: list[int] = []
        for index, segment in enumerate(segments):
            tokens += self._tokens_of(segment.text, segment.literal, begin and index == 0)
        return tokens

    def _tokenise_text(self, text: str, special: bool, begin: bool) -> tuple[int, ...]:
        raw = text.encode("utf-8", "replace")
        room = (ll.llama_token * (len(raw) + 16))()
        count = ll.llama_tokenize(self.vocab, raw, len(raw), room, len(room), begin, special)
        assert count >= 0, "a token is at least one byte long"
        return tuple(room[:count])

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """The bytes of one token; those of a control token only if `special`."""
        buffer = ctypes.create_string_buffer(256)
        count = ll.llama_token_to_piece(self.vocab, token, buffer, 256, 0, special)
        return buffer.raw[: max(count, 0)]

    def ends_reply(self, token: int) -> bool:
        """Whether the model says with this token that it is done."""
        return bool(ll.llama_vocab_is_eog(self.vocab, token))

    @cached_property
    def recurrent(self) -> bool:
        """Whether some layers keep a state in place of tokens, which cannot go back half-way."""
        return bool(ll.llama_model_is_recurrent(self.model) or ll.llama_model_is_hybrid(self.model))

    @cached_property
    def end_tokens(self) -> list[int]:
        """All tokens with which the model says that it is done."""
        return [token for token in range(self.vocabulary) if self.ends_reply(token)]


_default_parameters = ll.llama_model_default_params  # where `baseline` puts the next one


def model_parameters() -> ll.llama_model_params:
    """llama.cpp's own, but without kernels for AMX, which end the process.

    An optimised build loses the shape of their tiles (ggml-org/llama.cpp, pull request 26954). They
    are in one list with kernels that arrange weights anew, so those go too where there is AMX.
    """
    parameters = _default_parameters()
    parameters.use_extra_bufts = "AMX_INT8" not in cpu_features()
    return parameters


def cpu_features() -> frozenset[str]:
    """Names of the instruction sets that llama.cpp was built for and finds here."""
    text = ll.llama_print_system_info().decode()
    pairs = (part.rpartition(":")[2].split("=") for part in text.split("|") if "=" in part)
    return frozenset(name.strip() for name, value in pairs if value.strip() == "1")


def convert(source: Path, target: Path, type_name: str, threads: int) -> None:
    """Write `source` in another tensor format. OSError if llama.cpp cannot."""
    types = {
        "BF16": ll.LLAMA_FTYPE_MOSTLY_BF16,
        "F16": ll.LLAMA_FTYPE_MOSTLY_F16,
        "Q8_0": ll.LLAMA_FTYPE_MOSTLY_Q8_0,
    }
    log = Log()
    parameters = ll.llama_model_quantize_default_params()
    parameters.ftype, parameters.nthread = types[type_name], threads
    parameters.allow_requantize = True
    code = ll.llama_model_quantize(
        str(source).encode(), str(target).encode(), ctypes.byref(parameters)
    )
    if code:
        raise OSError(log.error or f"conversion ended with {code}")
