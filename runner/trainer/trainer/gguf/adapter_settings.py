"""What an adapter's adapter_config.json says, as far as llama.cpp can follow it."""

import json
from dataclasses import dataclass
from math import isfinite, sqrt
from pathlib import Path
from typing import Any

from trainer.gguf.unsupported_adapter import UnsupportedAdapter

# Each of these makes the result more than base + B·A, or changes weights other than the seven linear ones.
_REFUSED = (
    "use_dora",
    "lora_bias",
    "modules_to_save",
    "rank_pattern",
    "alpha_pattern",
    "fan_in_fan_out",
    "trainable_token_indices",
    "layer_replication",
    "target_parameters",
    "alora_invocation_tokens",
    "use_qalora",
    "use_bdlora",
    "arrow_config",
    "velora_config",
    "monteclora_config",
    "kasa_config",
)

# Other ways to begin subtract their start from the base's weights, which the served base does not.
_PLAIN_STARTS = (True, False, None, "gaussian", "orthogonal", "eva")


@dataclass(frozen=True)
class AdapterSettings:
    """`alpha` is as llama.cpp wants it: it adds B·A times alpha / rank."""

    rank: int
    alpha: float


def read_adapter_settings(adapter_dir: Path) -> AdapterSettings:
    """Reads PEFT's `adapter_config.json`. UnsupportedAdapter unless it is of a plain LoRA or rsLoRA."""
    path = adapter_dir / "adapter_config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise UnsupportedAdapter(f"{path} cannot be read as an adapter's configuration.") from cause
    if not isinstance(config, dict) or config.get("peft_type") != "LORA":
        raise UnsupportedAdapter(f"{path} is not of a LoRA: its peft_type must be LORA.")
    for key in _REFUSED:
        if config.get(key):
            raise UnsupportedAdapter(
                f"The adapter was trained with {key}, which llama.cpp cannot follow: leave it out."
            )
    if config.get("bias", "none") != "none":
        raise UnsupportedAdapter(
            "The adapter changes biases, which llama.cpp cannot follow: train with bias none."
        )
    if config.get("init_lora_weights", True) not in _PLAIN_STARTS:
        raise UnsupportedAdapter(
            "The adapter's init_lora_weights changes the base model: train with the default."
        )
    return _settings(config, path)


def _settings(config: dict[str, Any], path: Path) -> AdapterSettings:
    rank, alpha = config.get("r"), config.get("lora_alpha")
    if not isinstance(rank, int) or isinstance(rank, bool) or rank < 1:
        raise UnsupportedAdapter(f"{path} names no positive whole number as r.")
    if not isinstance(alpha, (int, float)) or isinstance(alpha, bool) or not isfinite(alpha):
        raise UnsupportedAdapter(f"{path} names no number as lora_alpha.")
    # rsLoRA adds B·A times alpha / √rank (https://arxiv.org/abs/2312.03732); llama.cpp divides by rank.
    return AdapterSettings(rank=rank, alpha=alpha * sqrt(rank) if config.get("use_rslora") else float(alpha))
