"""A small GGUF model as torch trains it: dequantised once, then read from the cache.

Contract: `prepare_base` gives a safetensors file of weights in the names of transformers (F32
where the file has F32, else BF16), its configuration and its tokenizer, made once for each file
(by sha256) and written atomically.
ModelProblem for a family or a tokenizer that is not known here. The header must have been checked
by `generation.gguf` before: the gguf package trusts what it reads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import torch
from gguf.quants import dequantize
from safetensors.torch import save_file

from assistant.domain.errors import ModelProblem
from assistant.personalization.agent_task import FAMILIES
from assistant.personalization.gguf_names import restore_rows, torch_name
from assistant.personalization.gguf_tokenizer import build_tokenizer

_VERSION = 1  # of the copy's format; a newer one is made anew


@dataclass(frozen=True, slots=True)
class Base:
    """A model ready to be loaded: three files in the cache, and what the configuration says."""

    weights: Path
    tokenizer: Path
    architecture: str
    config: dict[str, Any]


def prepare_base(source: Path, sha256: str, cache: Path) -> Base:
    """The base made from `source`, from the cache if it is there."""
    folder = cache / "agent" / f"{sha256[:32]}.v{_VERSION}"
    described = folder / "base.json"
    if not described.is_file():
        _convert(source, folder)
    content = json.loads(described.read_text(encoding="utf-8"))
    return Base(
        folder / "base.safetensors",
        folder / "tokenizer.json",
        content["architecture"],
        content["config"],
    )


def _convert(source: Path, folder: Path) -> None:
    """Write all files of the base; the description last, so that it vouches for the others."""
    reader = gguf.GGUFReader(source)
    architecture = str(_value(reader, "general.architecture"))
    if architecture not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        raise ModelProblem(
            f"The agent cannot be trained on a model of the family {architecture}; "
            f"choose one of the families {known}."
        )
    config = _config(reader, architecture)
    tokenizer = build_tokenizer(lambda key: _value(reader, f"tokenizer.ggml.{key}"))
    folder.mkdir(parents=True, exist_ok=True)
    tensors = dict(_tensors(reader, config))
    _publish(folder / "base.safetensors", lambda path: save_file(tensors, path))
    _publish(folder / "tokenizer.json", lambda path: tokenizer.save(str(path)))
    content = json.dumps({"architecture": architecture, "config": config})
    _publish(folder / "base.json", lambda path: path.write_text(content, encoding="utf-8"))


def _tensors(reader: gguf.GGUFReader, config: dict[str, Any]) -> Iterator[tuple[str, torch.Tensor]]:
    """Every weight under its name in transformers; frequencies of the positions are computed."""
    heads = {"q": config["num_attention_heads"], "k": config["num_key_value_heads"]}
    for tensor in reader.tensors:
        name = torch_name(str(tensor.name))
        if name is None:
            continue
        rows = dequantize(tensor.data, tensor.tensor_type)
        rows = restore_rows(str(tensor.name), rows, heads, config["model_type"])
        exact = tensor.tensor_type == gguf.GGMLQuantizationType.F32
        kind = torch.float32 if exact else torch.bfloat16
        yield name, torch.from_numpy(rows.copy()).to(kind).contiguous()


def _config(reader: gguf.GGUFReader, architecture: str) -> dict[str, Any]:
    """The keys of transformers' configuration that the header decides."""

    def own(key: str, default: object = None) -> Any:  # noqa: ANN401 (a header holds anything)
        return _value(reader, f"{architecture}.{key}", default)

    heads = int(own("attention.head_count"))
    embedding = next(t for t in reader.tensors if t.name == "token_embd.weight")
    return {
        "model_type": architecture,
        "vocab_size": int(embedding.shape[1]),
        "hidden_size": int(own("embedding_length")),
        "intermediate_size": int(own("feed_forward_length")),
        "num_hidden_layers": int(own("block_count")),
        "num_attention_heads": heads,
        "num_key_value_heads": int(own("attention.head_count_kv", heads)),
        "head_dim": int(own("attention.key_length", int(own("embedding_length")) // heads)),
        "max_position_embeddings": int(own("context_length")),
        "rms_norm_eps": float(own("attention.layer_norm_rms_epsilon")),
        "rope_theta": float(own("rope.freq_base", 10000.0)),
        "tie_word_embeddings": all(t.name != "output.weight" for t in reader.tensors),
    }


def _value(reader: gguf.GGUFReader, key: str, default: object = None) -> Any:  # noqa: ANN401
    """One value of the header, or `default`."""
    field = reader.get_field(key)
    return default if field is None else field.contents()


def _publish(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place, then move it there whole."""
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        write(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
