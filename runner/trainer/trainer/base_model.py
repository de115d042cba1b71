"""Finds and loads the base model: safetensors only, never code that comes with a model."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
from safetensors import SafetensorError
from transformers import (
    MODEL_FOR_CAUSAL_LM_MAPPING,
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
    if _is_directory(given):
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
    _check_kind(config, directory)
    return directory


def _is_directory(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # A name longer than a file's may be.
        return False


def _check_kind(config: ModelConfig, directory: Path) -> None:
    """An adapter of another kind would be trained for hours, and then change nothing in the engine."""
    with _naming(config, "its config.json names no kind of model that runs here without code of its own"):
        kind = AutoConfig.from_pretrained(directory, trust_remote_code=False, local_files_only=True)
    if getattr(kind, "quantization_config", None) is not None:
        raise _unfit(
            config, "its weights are quantized: fetch the same model in bf16; the engine may go on with these"
        )
    if type(kind) not in MODEL_FOR_CAUSAL_LM_MAPPING or kind.get_text_config() is not kind:
        raise _unfit(config, f"a model of type {kind.model_type} does not write text out of text alone")


def _unfit(config: ModelConfig, reason: str) -> TrainingFailure:
    return TrainingFailure("no-base-model", f"model.base is {config.base}, but {reason}.")


@contextmanager
def _naming(config: ModelConfig, reason: str) -> Iterator[None]:
    """Whatever a library says of a broken file, told as what is wrong with the base model."""
    try:
        yield
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, SafetensorError) as error:
        raise _unfit(config, f"{reason} ({type(error).__name__}): see that it is there whole") from None


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
    if config.quantize != "none" and find_spec("bitsandbytes") is None:
        raise TrainingFailure(
            "bad-config", "model.quantize nf4 needs bitsandbytes: pip install -r requirements-cuda.txt."
        )
    return device


def load_encoder(config: Config, base: Path) -> Encoder:
    """Tokenizer and chat template of the base model."""
    with _naming(config.model, "its tokenizer cannot be read"):
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
    with _naming(config.model, "its weights cannot be read"):
        model, found = AutoModelForCausalLM.from_pretrained(
            base,
            dtype=DTYPES[config.model.precision],
            device_map={"": device},
            use_safetensors=True,
            trust_remote_code=False,
            local_files_only=True,
            # Told below: the library draws what is missing at random, and says so in its log alone.
            ignore_mismatched_sizes=True,
            output_loading_info=True,
            **options,
        )
    if found["missing_keys"] or found["mismatched_keys"]:
        raise _unfit(
            config.model,
            "its *.safetensors lack some of the weights that its config.json speaks of: fetch them anew",
        )
    _check_targets(config, model)
    model.config.use_cache = False
    return model


def _four_bits(config: ModelConfig) -> BitsAndBytesConfig:
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=DTYPES[config.precision],
    )


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
