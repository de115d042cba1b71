"""Finds and loads the base model: safetensors only, never code that comes with a model."""

from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    GenerationConfig,
    PreTrainedModel,
)

from trainer.config import Config, ModelConfig
from trainer.encode import Encoder, make_encoder
from trainer.failures import TrainingFailure

DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
NEEDED_FILES = ["*.json", "*.safetensors", "tokenizer.model", "*.jinja"]


def locate_base(config: ModelConfig) -> Path:
    """The directory of the base model's files; raises `no-base-model` with what to do."""
    given = Path(config.base).expanduser()
    if given.is_dir():
        directory = given
    elif given.is_absolute() or config.base.startswith((".", "~")):
        raise TrainingFailure(
            "no-base-model",
            f"model.base is {config.base}, but there is no such directory: put the weights that the engine "
            "serves there (config.json, tokenizer.json, *.safetensors), or name another directory.",
        )
    else:
        directory = _from_hub(config)
    if not (directory / "config.json").is_file() or not any(directory.glob("*.safetensors")):
        raise TrainingFailure(
            "no-base-model",
            f"model.base is {config.base}, but its directory does not hold config.json and *.safetensors: "
            "GGUF and pickled weights cannot be trained on; fetch the same model as safetensors.",
        )
    return directory


def _from_hub(config: ModelConfig) -> Path:
    try:
        return Path(
            snapshot_download(config.base, local_files_only=not config.hub, allow_patterns=NEEDED_FILES)
        )
    except HFValidationError:
        reason = "that is neither a directory nor a name of the form owner/model"
    except LocalEntryNotFoundError:
        reason = "it is not in this machine's cache" if not config.hub else "the hub cannot be reached"
    except HfHubHTTPError:
        reason = "the hub does not give it out"
    raise TrainingFailure(
        "no-base-model",
        f"model.base is {config.base}, but {reason}: give a directory with the weights, fetch them before "
        "with `hf download`, or allow fetching with model.hub = true.",
    )


def choose_device(config: ModelConfig) -> str:
    """`cuda` or `cpu`; raises `bad-config` for what this machine cannot do."""
    has_cuda = torch.cuda.is_available()
    device = ("cuda" if has_cuda else "cpu") if config.device == "auto" else config.device
    if device == "cuda" and not has_cuda:
        raise TrainingFailure(
            "bad-config", "model.device is cuda, but PyTorch finds no GPU: mend its driver, or take cpu."
        )
    if device == "cpu" and config.quantize != "none":
        raise TrainingFailure(
            "bad-config",
            "model.quantize nf4 needs a GPU, and PyTorch finds none: leave it out to train on a CPU.",
        )
    if device == "cpu" and config.precision == "fp16":
        raise TrainingFailure(
            "bad-config", "model.precision fp16 needs a GPU, and PyTorch finds none: take bf16 or fp32."
        )
    return device


def load_encoder(config: Config, base: Path) -> Encoder:
    """Tokenizer and chat template of the base model."""
    tokenizer = AutoTokenizer.from_pretrained(base, trust_remote_code=False, local_files_only=True)
    if tokenizer.pad_token_id is None:
        # Padding is masked everywhere, so any token will do; adding one would resize the embeddings.
        tokenizer.pad_token = tokenizer.eos_token
    return make_encoder(tokenizer, config.model, _end_tokens(base))


def _end_tokens(base: Path) -> tuple[int, ...]:
    try:
        ends = GenerationConfig.from_pretrained(base, local_files_only=True).eos_token_id
    except OSError:
        return ()
    if ends is None:
        return ()
    return tuple(ends) if isinstance(ends, list) else (ends,)


def load_base(config: Config, base: Path) -> PreTrainedModel:
    """The base model on its device, its weights frozen by whoever puts an adapter on it."""
    device = choose_device(config.model)
    options: dict[str, Any] = {}
    if config.model.quantize == "nf4":
        options["quantization_config"] = _four_bits(config.model)
    model = AutoModelForCausalLM.from_pretrained(
        base,
        dtype=DTYPES[config.model.precision],
        device_map={"": device},
        use_safetensors=True,
        trust_remote_code=False,
        local_files_only=True,
        **options,
    )
    _check_targets(config, model)
    model.config.use_cache = False
    return model


def _four_bits(config: ModelConfig) -> BitsAndBytesConfig:
    try:
        return BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=DTYPES[config.precision],
        )
    except ImportError:
        raise TrainingFailure(
            "bad-config", "model.quantize nf4 needs bitsandbytes: pip install -r requirements-cuda.txt."
        ) from None


def _check_targets(config: Config, model: PreTrainedModel) -> None:
    present = {name.rsplit(".", 1)[-1] for name, _ in model.named_modules()}
    missing = sorted(set(config.lora.targets) - present)
    if missing:
        raise TrainingFailure(
            "bad-config",
            f"lora.targets names {', '.join(missing)}, which this base model ({model.config.model_type}) "
            "does not have.",
        )


def base_architecture(base: Path) -> str:
    """The `model_type` of its config.json, such as llama or qwen3."""
    return AutoConfig.from_pretrained(base, trust_remote_code=False, local_files_only=True).model_type
