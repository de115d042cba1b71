"""A LoRA of random numbers, as PEFT saves it and as the trainer converts it."""

from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from trainer.gguf.convert import convert
from transformers import AutoModelForCausalLM, set_seed

TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def write_random_adapter(asked: dict[str, Any]) -> None:
    """Writes an adapter of `base` to `directory` and `gguf`, the same for the same `seed`."""
    set_seed(asked["seed"])
    model = AutoModelForCausalLM.from_pretrained(asked["base"], dtype=torch.float32)
    config = LoraConfig(
        r=asked["rank"],
        lora_alpha=asked["alpha"],
        use_rslora=asked["rslora"],
        target_modules=TARGETS,
        task_type="CAUSAL_LM",
    )
    adapted = get_peft_model(model, config)
    with torch.no_grad():
        for name, parameter in adapted.named_parameters():
            if "lora_" in name:
                parameter.copy_(
                    (torch.randn(parameter.shape) * asked["spread"]).to(getattr(torch, asked["dtype"]))
                )
    adapted.to(getattr(torch, asked["dtype"])).save_pretrained(asked["directory"])
    convert(Path(asked["directory"]), Path(asked["base"]), Path(asked["gguf"]))
