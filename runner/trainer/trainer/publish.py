"""The last stage: the adapter in the form that engines load, and its card."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from trainer.adapter_hash import HASHED_FILES, adapter_hash, file_hash
from trainer.base_model import DTYPES, base_architecture, choose_device
from trainer.collect import TrainingSamples
from trainer.config import Config
from trainer.durable import fresh_directory, publish_directory, write_json
from trainer.evaluate import Likelihood
from trainer.failures import TrainingFailure
from trainer.gguf.convert import convert
from trainer.gguf.unsupported_adapter import UnsupportedAdapter
from trainer.train import Result

ADAPTER = "adapter"
PREPARED = ".adapter.new"
CARD_FILE = "card.json"
GGUF_FILE = "adapter.gguf"
LIBRARIES = ("torch", "transformers", "peft", "trl", "accelerate", "safetensors", "gguf")


def publish(
    config: Config, samples: TrainingSamples, result: Result, likelihoods: Sequence[Likelihood]
) -> str:
    """Writes adapter/ whole or not at all and returns the adapter's hash."""
    prepared = fresh_directory(config.directory / PREPARED)
    _write_adapter(config, result.adapter, prepared)
    gguf = _write_gguf(config, samples.base, prepared)
    digest = adapter_hash(prepared)
    write_json(
        prepared / CARD_FILE,
        _card(config, samples, result, likelihoods, prepared) | {"hash": digest, "gguf": gguf},
    )
    publish_directory(prepared, config.directory / ADAPTER)
    return digest


def published_hash(config: Config) -> str | None:
    """The hash of an adapter that an earlier run has published here, or None."""
    directory = config.directory / ADAPTER
    return adapter_hash(directory) if directory.is_dir() else None


def _write_adapter(config: Config, trained: Path, prepared: Path) -> None:
    """Same tensors, same bytes: sorted, in one number format, without metadata."""
    settings_file, weights_file = HASHED_FILES
    settings = json.loads((trained / settings_file).read_text(encoding="utf-8"))
    # PEFT writes the path it trained from and the targets in the order of a Python set.
    settings |= {
        "base_model_name_or_path": config.serving_id,
        "target_modules": sorted(config.lora.targets),
        "inference_mode": True,
    }
    write_json(prepared / settings_file, settings)
    dtype = DTYPES[config.publish.dtype]
    tensors = load_file(trained / weights_file)
    if not all(bool(tensor.isfinite().all()) for tensor in tensors.values()):
        # The last step can do it where no sample validates.
        raise TrainingFailure("internal", "The adapter holds what is no number: lower train.learning_rate.")
    save_file(
        {name: tensors[name].to(dtype).contiguous() for name in sorted(tensors)}, prepared / weights_file
    )


def _write_gguf(config: Config, base: Path, prepared: Path) -> str:
    """What the card says about the llama.cpp adapter."""
    if not config.publish.gguf:
        return "not asked for"
    try:
        convert(prepared, base, prepared / GGUF_FILE)
    except UnsupportedAdapter as reason:
        return f"none: {reason}"
    return GGUF_FILE


def _card(
    config: Config,
    samples: TrainingSamples,
    result: Result,
    likelihoods: Sequence[Likelihood],
    prepared: Path,
) -> dict[str, Any]:
    """Everything that tells one adapter from another, in numbers and names; no text of any sample."""
    settings = {name: asdict(getattr(config, name)) for name in ("model", "lora", "train", "publish")}
    settings["model"]["template_arguments"] = dict(config.model.template_arguments)
    # A path of the machine that trained says nothing to whoever reads a card.
    del settings["model"]["base"]
    return {
        "base_model": config.serving_id,
        "architecture": base_architecture(samples.base),
        "samples": samples.counts,
        "training": {
            "steps": result.steps,
            "best_step": result.best_step,
            "epochs": result.epochs,
            "train_loss": result.train_loss,
            "validation_loss": result.validation_loss,
            "device_batch": result.device_batch,
            "device": choose_device(config.model),
            "threads": torch.get_num_threads(),
        },
        "evaluation": _totals(likelihoods),
        "settings": settings,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
        "files": {file.name: file_hash(file) for file in sorted(prepared.iterdir())},
    }


def _totals(likelihoods: Sequence[Likelihood]) -> dict[str, Any]:
    return {
        "samples": len(likelihoods),
        "tokens": sum(row.tokens for row in likelihoods),
        "base": sum(row.base for row in likelihoods),
        "adapter": sum(row.adapter for row in likelihoods),
    }
