"""What the base model's config.json says about the matrices that an adapter may change."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.gguf.unsupported_adapter import UnsupportedAdapter

# Mistral's first models are llama's architecture to llama.cpp.
_ARCHITECTURES = {"llama": "llama", "mistral": "llama", "qwen2": "qwen2", "qwen3": "qwen3"}

# Here llama.cpp turns neighbouring rows of a query or key head as a pair, elsewhere row i with row i + half.
_PAIRS_ROWS = {"llama"}


@dataclass(frozen=True)
class BaseShapes:
    """Sizes are numbers of rows or columns of the base model's matrices."""

    architecture: str
    layers: int
    width: int
    hidden: int
    heads: int
    key_value_heads: int
    head_width: int

    @property
    def pairs_rows(self) -> bool:
        """Whether llama.cpp orders the rows of query and key matrices otherwise than transformers."""
        return self.architecture in _PAIRS_ROWS

    def inputs_and_outputs(self, module: str) -> tuple[int, int]:
        """Columns and rows of the weight of a module such as `q_proj`; UnsupportedAdapter for others."""
        queries, keys = self.heads * self.head_width, self.key_value_heads * self.head_width
        sizes = {
            "q_proj": (self.width, queries),
            "k_proj": (self.width, keys),
            "v_proj": (self.width, keys),
            "o_proj": (queries, self.width),
            "gate_proj": (self.width, self.hidden),
            "up_proj": (self.width, self.hidden),
            "down_proj": (self.hidden, self.width),
        }
        if module not in sizes:
            raise UnsupportedAdapter(
                f"The adapter changes {module}, which cannot be converted: train only {', '.join(sizes)}."
            )
        return sizes[module]


def read_base_shapes(base_dir: Path) -> BaseShapes:
    """Reads `config.json` of a llama, mistral, qwen2 or qwen3 model; UnsupportedAdapter for any other."""
    path = base_dir / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise UnsupportedAdapter(f"{path} cannot be read as the base model's configuration.") from cause
    model_type = config.get("model_type") if isinstance(config, dict) else None
    if model_type not in _ARCHITECTURES:
        raise UnsupportedAdapter(
            f"The base model is of type {model_type}; only {', '.join(_ARCHITECTURES)} can be converted."
        )
    size = _sizes(config, path)
    heads, width = size("num_attention_heads"), size("hidden_size")
    return BaseShapes(
        architecture=_ARCHITECTURES[model_type],
        layers=size("num_hidden_layers"),
        width=width,
        hidden=size("intermediate_size"),
        heads=heads,
        key_value_heads=size("num_key_value_heads", heads),
        head_width=size("head_dim", width // heads),
    )


def _sizes(config: Mapping[str, Any], path: Path) -> Callable[..., int]:
    def size(name: str, otherwise: int | None = None) -> int:
        value = config.get(name)
        value = otherwise if value is None else value
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise UnsupportedAdapter(f"{path} names no positive whole number as {name}.")
        return value

    return size
