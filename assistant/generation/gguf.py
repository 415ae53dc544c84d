"""Reads the header of a GGUF file that may come from anywhere, within fixed bounds.

Contract: `read_header` either describes a file whose every declared size lies inside the file, or
raises ModelProblem with one sentence. Time and memory are bounded by the constants below and by
the size of the file; nothing of the file is executed, and no tensor data is read.
Not covered: whether the weights make sense, and whether llama.cpp knows the architecture.
"""

from __future__ import annotations

import mmap
import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from pathlib import Path

from assistant.domain.errors import ModelProblem

MAX_COUNT = 65_536  # metadata keys, and tensors
MAX_STRING = 1 << 20
MAX_TEMPLATE = 64 << 10
MAX_DIMENSIONS = 4
MAX_ITEMS = 1 << 22  # elements of all arrays together: fifteen times the largest known vocabulary

_NUMBERS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9

# Name, elements per block and bytes per block of each tensor type that llama.cpp reads.
TENSOR_TYPES = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22), 7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 36),
    10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144),
    13: ("Q5_K", 256, 176), 14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292),
    16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98),
    19: ("IQ1_S", 256, 50), 20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110),
    22: ("IQ2_S", 256, 82), 23: ("IQ4_XS", 256, 136), 24: ("I8", 1, 1), 25: ("I16", 1, 2),
    26: ("I32", 1, 4), 27: ("I64", 1, 8), 28: ("F64", 1, 8), 29: ("IQ1_M", 256, 56),
    30: ("BF16", 1, 2), 34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17),
}  # fmt: skip

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Header:
    """What a GGUF file says about itself."""

    path: Path
    name: str
    architecture: str
    context: int  # tokens it was trained on; 0 if not said
    unscaled_context: int  # above this it computes positions otherwise, for all; 0 if never
    template: str  # chat template, "" if none
    licence: str
    tokenizer: str
    tensor_types: dict[str, int]  # type name -> bytes of all tensors of that type
    parameters: int
    size_bytes: int
    kv_bytes_per_token: int  # of a 16-bit cache; 0 if the header does not say enough
    shapes: dict[str, tuple[int, ...]]  # of all tensors, in GGUF's order: the row's length first


@dataclass(frozen=True, slots=True)
class Tensor:
    """One entry of a file's list of tensors."""

    type_name: str
    shape: tuple[int, ...]
    offset: int  # from where the weights begin
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a GGUF file but its arrays and weights."""

    values: dict[str, Value]
    tensors: dict[str, Tensor]
    start: int  # of the weights in the file
    size_bytes: int


class _Malformed(Exception):
    """The header breaks a rule; the text says which."""


def read_header(path: Path) -> Header:
    """Describe the GGUF model at `path`, or raise ModelProblem."""
    contents = read_contents(path, "model")
    if not _text(contents, "general.architecture"):
        raise _damaged(path, "model", "it does not name its architecture")
    return _header(path, contents)


def read_contents(path: Path, kind: str) -> Contents:
    """What is in the GGUF file at `path`, or ModelProblem; `kind` is what the user calls it."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if size < 24 or file.read(4) != b"GGUF":
                raise ModelProblem(
                    f"The file {path} is not a GGUF {kind}; choose a file that ends in .gguf."
                )
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _parse(_Reader(data))
    except FileNotFoundError:
        raise ModelProblem(
            f"The {kind} file {path} is missing; fetch it again or choose another {kind}."
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelProblem(
            f"The {kind} file {path} cannot be read ({reason}); check that it is a file "
            "and that you may read it."
        ) from None
    except _Malformed as fault:
        raise _damaged(path, kind, str(fault)) from None


def _damaged(path: Path, kind: str, reason: str) -> ModelProblem:
    return ModelProblem(
        f"The {kind} file {path} is damaged or incomplete ({reason}); download it again."
    )


class _Reader:
    """A position in the file that cannot leave it."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.size = len(data)
        self.at = 4  # behind the magic
        self.items = 0

    def number(self, code: str) -> Value:
        width = struct.calcsize("<" + code)
        if self.at + width > self.size:
            raise _Malformed("it ends inside its header")
        (value,) = struct.unpack_from("<" + code, self.data, self.at)
        self.at += width
        return value  # type: ignore[no-any-return]  # struct is untyped

    def count(self, code: str, most: int, what: str) -> int:
        value = int(self.number(code))
        if value > most:
            raise _Malformed(f"{what} is {value}, more than {most}")
        return value

    def string(self, most: int = MAX_STRING) -> str:
        length = self.count("Q", most, "the length of a text")
        if self.at + length > self.size:
            raise _Malformed("it ends inside a text")
        self.at += length
        return self.data[self.at - length : self.at].decode("utf-8", "replace")

    def skip_array(self) -> None:
        """Step over an array; only its bounds matter here."""
        kind, length = self.count("I", 12, "an array's type"), int(self.number("Q"))
        self.items += length
        if self.items > MAX_ITEMS:
            raise _Malformed(f"its arrays hold more than {MAX_ITEMS} items")
        if kind in _NUMBERS:
            self.at += length * struct.calcsize("<" + _NUMBERS[kind])
            if self.at > self.size:
                raise _Malformed("it ends inside an array")
        elif kind == _STRING:
            self._skip_strings(length)
        else:
            raise _Malformed("it has an array of arrays")

    def _skip_strings(self, length: int) -> None:
        at, size, data, unpack = self.at, self.size, self.data, struct.Struct("<Q").unpack_from
        for _ in range(length):  # a tight loop: vocabularies have up to half a million entries
            if at + 8 > size:
                raise _Malformed("it ends inside an array")
            (width,) = unpack(data, at)
            if width > MAX_STRING:
                raise _Malformed(f"the length of a text is {width}, more than {MAX_STRING}")
            at += 8 + width
        if at > size:
            raise _Malformed("it ends inside an array")
        self.at = at


def _parse(reader: _Reader) -> Contents:
    version = int(reader.number("I"))
    if version not in (2, 3):
        raise _Malformed(f"GGUF version {version} is not 2 or 3")
    tensor_count = reader.count("Q", MAX_COUNT, "the number of tensors")
    key_count = reader.count("Q", MAX_COUNT, "the number of keys")
    values = _read_values(reader, key_count)
    tensors = dict(_read_tensor(reader) for _ in range(tensor_count))
    if len(tensors) < tensor_count:
        raise _Malformed("two of its tensors have the same name")
    start = _check_ranges(tensors, reader, values)
    return Contents(values, tensors, start, reader.size)


def _read_values(reader: _Reader, count: int) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for _ in range(count):
        key = reader.string(MAX_COUNT)
        kind = reader.count("I", 12, "a value's type")
        if kind == _STRING:
            most = MAX_TEMPLATE if key.startswith("tokenizer.chat_template") else MAX_STRING
            values[key] = reader.string(most)
        elif kind == _ARRAY:
            reader.skip_array()
        else:
            values[key] = reader.number(_NUMBERS[kind])
    return values


def _read_tensor(reader: _Reader) -> tuple[str, Tensor]:
    own_name = reader.string(MAX_COUNT)
    dimensions = reader.count("I", MAX_DIMENSIONS, "a tensor's number of dimensions")
    shape = [int(reader.number("Q")) for _ in range(dimensions)]
    kind, offset = int(reader.number("I")), int(reader.number("Q"))
    if kind not in TENSOR_TYPES:
        raise _Malformed(f"tensor type {kind} is unknown")
    name, block, width = TENSOR_TYPES[kind]
    elements = prod(shape)
    if not shape or elements == 0 or shape[0] % block:
        raise _Malformed("a tensor's shape does not fit its type")
    return own_name, Tensor(name, tuple(shape), offset, elements // block * width)


def _check_ranges(tensors: dict[str, Tensor], reader: _Reader, values: dict[str, Value]) -> int:
    alignment = values.get("general.alignment", 32)
    if not isinstance(alignment, int) or alignment <= 0 or alignment & (alignment - 1):
        raise _Malformed("its alignment is not a power of two")
    start = -(-reader.at // alignment) * alignment
    for tensor in tensors.values():
        if tensor.offset % alignment:
            raise _Malformed("a tensor is not aligned")
        if start + tensor.offset + tensor.size > reader.size:
            raise _Malformed("it ends before its weights do")
    return start


def _text(contents: Contents, key: str) -> str:
    value = contents.values.get(key, "")
    return value if isinstance(value, str) else ""


def _header(path: Path, contents: Contents) -> Header:
    architecture = _text(contents, "general.architecture")

    def whole(key: str) -> int:
        value = contents.values.get(f"{architecture}.{key}", 0)
        return value if isinstance(value, int) and 0 <= value < 1 << 31 else 0

    sizes: Counter[str] = Counter()
    for tensor in contents.tensors.values():
        sizes[tensor.type_name] += tensor.size
    return Header(
        path=path,
        name=_text(contents, "general.name") or path.stem,
        architecture=architecture,
        context=whole("context_length"),
        unscaled_context=whole("rope.scaling.original_context_length"),
        template=_text(contents, "tokenizer.chat_template"),
        licence=_text(contents, "general.license"),
        tokenizer=_text(contents, "tokenizer.ggml.model"),
        tensor_types=dict(sizes),
        parameters=sum(prod(tensor.shape) for tensor in contents.tensors.values()),
        size_bytes=contents.size_bytes,
        kv_bytes_per_token=_kv_bytes(whole),
        shapes={name: tensor.shape for name, tensor in contents.tensors.items()},
    )


def _kv_bytes(whole: Callable[[str], int]) -> int:
    heads = whole("attention.head_count")
    kv_heads = whole("attention.head_count_kv") or heads
    width = whole("embedding_length") // heads if heads else 0
    key, value = (whole(f"attention.{part}_length") or width for part in ("key", "value"))
    return whole("block_count") * kv_heads * (key + value) * 2
