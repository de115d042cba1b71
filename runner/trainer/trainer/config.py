"""The settings of one training: a TOML file, read into frozen dataclasses. All keys are here."""

import math
import tomllib
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from trainer.failures import TrainingFailure

ALL_PROJECTIONS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
MAX_CONFIG_BYTES = 64 * 1024

NamedValues = tuple[tuple[str, str | int | float | bool], ...]
"""A table that cannot change: pairs sorted by name."""


def _setting(default: Any, about: str, **limits: Any) -> Any:
    """A key of the file; `limits` are least, most, above, below and choices."""
    return field(default=default, metadata={"about": about, **limits})


@dataclass(frozen=True)
class ModelConfig:
    """[model]"""

    base: str = _setting(
        "", "Directory of the base weights (config.json, tokenizer, safetensors), or a hub name. Required."
    )
    serving_id: str = _setting(
        "", "Name by which the engine serves the base; written into the adapter. Empty: the same as `base`."
    )
    hub: bool = _setting(False, "Allow fetching `base` from the hub. Off: no connection is opened at all.")
    template_arguments: NamedValues = _setting(
        (("enable_thinking", False),), "Arguments of the chat template; the same as the engine gives it."
    )
    precision: str = _setting(
        "bf16",
        "Number format of weights and arithmetic. `fp16` needs CUDA.",
        choices=("bf16", "fp16", "fp32"),
    )
    quantize: str = _setting(
        "none", "`nf4`: base weights in 4 bits (QLoRA); needs CUDA and bitsandbytes.", choices=("none", "nf4")
    )
    device: str = _setting(
        "auto", "Where to train; `auto` takes CUDA when there is one.", choices=("auto", "cpu", "cuda")
    )
    threads: int = _setting(0, "CPU threads; 0 leaves the choice to PyTorch.", least=0, most=256)


@dataclass(frozen=True)
class LoraConfig:
    """[lora]"""

    r: int = _setting(16, "Rank. 8 is enough under 300 samples.", least=1, most=512)
    alpha: int = _setting(32, "Scale: the adapter is multiplied by alpha / r.", least=1, most=4096)
    dropout: float = _setting(0.05, "Dropout on the adapter's input; against memorising.", least=0, below=1)
    rslora: bool = _setting(False, "Scale by alpha / √r, for ranks of 64 and more.")
    targets: tuple[str, ...] = _setting(
        ALL_PROJECTIONS, "Last names of the modules that get an adapter. Never the head or the embeddings."
    )


@dataclass(frozen=True)
class TrainConfig:
    """[train]"""

    seed: int = _setting(1, "Of initial weights, order of samples and dropout.", least=0, most=2**31 - 1)
    epochs: float = _setting(
        2.0, "Times that every sample is seen. More than 3 memorises.", above=0, most=100
    )
    learning_rate: float = _setting(1e-4, "Highest learning rate.", above=0, most=1)
    scheduler: str = _setting(
        "cosine", "How the learning rate falls.", choices=("cosine", "linear", "constant_with_warmup")
    )
    warmup: float = _setting(0.03, "Part of all steps over which the learning rate rises.", least=0, below=1)
    weight_decay: float = _setting(0.0, "Of AdamW.", least=0, most=1)
    max_grad_norm: float = _setting(1.0, "Longer gradients are cut to this length.", above=0, most=1000)
    batch: int = _setting(8, "Samples per optimizer step.", least=1, most=4096)
    device_batch: int = _setting(
        1,
        "Samples on the device at once; must divide `batch`. Halved when memory runs out.",
        least=1,
        most=4096,
    )
    max_length: int = _setting(
        4096,
        "Tokens of prompt and answer; longer samples are left out and counted.",
        least=16,
        most=1_048_576,
    )
    gradient_checkpointing: bool = _setting(
        True, "Recompute instead of keep: less memory, about 30 % slower."
    )
    checkpoint_every: int = _setting(
        25,
        "Optimizer steps between checkpoints, and between looks at the validation loss.",
        least=1,
        most=100_000,
    )
    patience: int = _setting(
        3, "Stop after so many validation losses without a better one; 0 never stops.", least=0, most=1000
    )


@dataclass(frozen=True)
class PublishConfig:
    """[publish]"""

    dtype: str = _setting("bf16", "Number format of the published adapter.", choices=("bf16", "fp32"))
    gguf: bool = _setting(True, "Also write adapter.gguf for llama.cpp, where the base can have one.")


@dataclass(frozen=True)
class MlflowConfig:
    """[mlflow]"""

    tracking_uri: str = _setting(
        "", "Address of an MLflow server; empty: none. Numbers and settings go there."
    )
    experiment: str = _setting("ai-review", "Experiment that the runs belong to.")


@dataclass(frozen=True)
class Config:
    """The whole file; `directory` is where it lies, where samples are read and everything is written."""

    directory: Path
    model: ModelConfig = field(default_factory=ModelConfig)
    lora: LoraConfig = field(default_factory=LoraConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    publish: PublishConfig = field(default_factory=PublishConfig)
    mlflow: MlflowConfig = field(default_factory=MlflowConfig)

    @property
    def serving_id(self) -> str:
        return self.model.serving_id or self.model.base


SECTIONS: dict[str, type] = {
    "model": ModelConfig,
    "lora": LoraConfig,
    "train": TrainConfig,
    "publish": PublishConfig,
    "mlflow": MlflowConfig,
}


def read_config(path: Path) -> Config:
    """Reads a config file; raises TrainingFailure `bad-config` with every problem of it, one line each."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise TrainingFailure("bad-config", f"The config file cannot be read ({error.strerror}).") from None
    if len(text) > MAX_CONFIG_BYTES:
        raise TrainingFailure("bad-config", f"The config file is larger than {MAX_CONFIG_BYTES} bytes.")
    try:
        table = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingFailure("bad-config", f"The config file is not TOML: {error}.") from None
    except RecursionError:
        raise TrainingFailure("bad-config", "The config file is not TOML: it is nested too deeply.") from None
    return parse_config(table, path.resolve().parent)


def parse_config(table: dict[str, Any], directory: Path) -> Config:
    """The same, from a parsed table."""
    problems = [
        f"[{name}] is no section; there are {_names(SECTIONS)}." for name in table if name not in SECTIONS
    ]
    sections: dict[str, Any] = {}
    for name, section in SECTIONS.items():
        given = table.get(name, {})
        if not isinstance(given, dict):
            problems.append(f"[{name}] must be a section.")
            continue
        values, wrong = _section_values(name, section, given)
        problems += wrong
        sections[name] = section(**values) if not wrong else section()
    problems += _joint_problems(sections, problems)
    if problems:
        raise TrainingFailure("bad-config", *problems)
    return Config(directory=directory, **sections)


def _names(names: Any) -> str:
    return ", ".join(sorted(names))


def _section_values(name: str, section: type, given: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    known = {setting.name: setting for setting in fields(section)}
    problems = [
        f"{name}.{key} is no setting; there are {_names(known)}." for key in given if key not in known
    ]
    values: dict[str, Any] = {}
    for key, value in given.items():
        setting = known.get(key)
        if setting is None:
            continue
        wrong = _value_problem(setting, value)
        if wrong is None:
            values[key] = _frozen(value)
        else:
            problems.append(f"{name}.{key} must be {wrong}.")
    return values, problems


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    return value


def _value_problem(setting: Field, value: Any) -> str | None:
    """What the value should have been, or None when it is right."""
    limits = setting.metadata
    if "choices" in limits:
        return None if value in limits["choices"] else f"one of {', '.join(limits['choices'])}"
    if isinstance(setting.default, bool):
        return None if isinstance(value, bool) else "true or false"
    if isinstance(setting.default, int | float):
        return _number_problem(setting, value)
    if isinstance(setting.default, str):
        return None if isinstance(value, str) and value.isprintable() else "one line of text"
    if setting.type == NamedValues:
        return None if _is_flat_table(value) else "a table of texts, numbers and booleans"
    return None if _is_name_list(value) else "a list of different module names"


def _number_problem(setting: Field, value: Any) -> str | None:
    limits = setting.metadata
    whole = isinstance(setting.default, int)
    wanted = f"a {'whole ' if whole else ''}number{_range(limits)}"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return wanted
    inside = (
        # math.isfinite fails for a whole number that no float holds.
        -math.inf < value < math.inf
        and value >= limits.get("least", -math.inf)
        and value <= limits.get("most", math.inf)
        and value > limits.get("above", -math.inf)
        and value < limits.get("below", math.inf)
    )
    return None if inside else wanted


def _range(limits: Any) -> str:
    words = {"least": "at least", "above": "above", "below": "below", "most": "at most"}
    parts = [f"{word} {limits[name]}" for name, word in words.items() if name in limits]
    return f" {' and '.join(parts)}" if parts else ""


def _is_flat_table(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(item, str | int | float | bool) for item in value.values()
    )


def _is_name_list(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) > 0
        and all(isinstance(name, str) and name.replace("_", "").isalnum() for name in value)
        and len(set(value)) == len(value)
    )


def _joint_problems(sections: dict[str, Any], earlier: list[str]) -> list[str]:
    """What no single setting can say. Values that were wrong in themselves stand at their defaults here."""
    problems = []
    model, train, lora = (sections.get(name) for name in ("model", "train", "lora"))
    if model is not None and not model.base and not any(line.startswith("model.") for line in earlier):
        problems.append("model.base must name the base model: a directory, or a hub name.")
    if train is not None and train.batch % train.device_batch != 0:
        problems.append("train.device_batch must divide train.batch.")
    if lora is not None and {"lm_head", "embed_tokens"} & set(lora.targets):
        # vLLM and llama.cpp refuse adapters of these modules.
        problems.append(
            "lora.targets must not name lm_head or embed_tokens: no engine serves such an adapter."
        )
    if model is not None and model.precision == "fp16" and model.device == "cpu":
        problems.append("model.precision fp16 needs a GPU; take bf16 or fp32 on a CPU.")
    if model is not None and model.quantize != "none" and model.device == "cpu":
        problems.append("model.quantize nf4 needs a GPU; leave it out on a CPU.")
    return problems
