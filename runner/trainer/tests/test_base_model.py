"""Directories that are no base model, or one that cannot be trained: each is told as what it is, in time."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from jobs import settings, some_rows, write_job
from peft import PeftModel
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

from trainer import train
from trainer.base_model import load_base, load_encoder, locate_base
from trainer.collect import collect
from trainer.config import Config, parse_config, read_config
from trainer.device_batch import DeviceBatch
from trainer.failures import TrainingFailure
from trainer.stop_signal import StopSignal

WEIGHTS = "model.safetensors"
REMOTE_CODE = """
open({mark!r}, "w").close()
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
class C(LlamaConfig): pass
class M(LlamaForCausalLM): pass
class T(PreTrainedTokenizerFast): pass
"""


def changed(name: str, **values: Any) -> Callable[[Path], None]:
    """Overwrites keys of a JSON file; None removes one."""

    def change(base: Path) -> None:
        table = json.loads((base / name).read_text(encoding="utf-8")) | values
        kept = {key: value for key, value in table.items() if value is not None}
        (base / name).write_text(json.dumps(kept), encoding="utf-8")

    return change


def with_weights(change: Callable[[dict[str, torch.Tensor]], Any]) -> Callable[[Path], None]:
    def rewrite(base: Path) -> None:
        tensors = load_file(base / WEIGHTS)
        change(tensors)
        save_file(tensors, base / WEIGHTS, metadata={"format": "pt"})

    return rewrite


def cut_short(base: Path) -> None:
    (base / WEIGHTS).write_bytes((base / WEIGHTS).read_bytes()[:-100])


def sharded(base: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(base)
    (base / WEIGHTS).unlink()
    model.save_pretrained(base, max_shard_size="100KB")


def a_shard_short(base: Path) -> None:
    sharded(base)
    max(base.glob("model-*.safetensors")).unlink()


UP = "model.layers.0.mlp.up_proj.weight"
UNFIT: dict[str, tuple[Callable[[Path], Any], str]] = {
    "no tokenizer": (lambda base: (base / "tokenizer.json").unlink(), "its tokenizer cannot be read"),
    "a broken tokenizer": (lambda base: (base / "tokenizer.json").write_text("{"), "its tokenizer cannot"),
    "a broken config": (lambda base: (base / "config.json").write_text("{"), "names no kind of model"),
    "an unknown kind": (changed("config.json", model_type="new_llm"), "names no kind of model"),
    "a kind for images": (changed("config.json", model_type="mistral3"), "type mistral3 does not write text"),
    "a kind of two parts": (changed("config.json", model_type="gemma3"), "type gemma3 does not write text"),
    "quantized weights": (
        changed("config.json", quantization_config={"quant_method": "awq", "bits": 4}),
        "its weights are quantized",
    ),
    "weights cut short": (cut_short, "its weights cannot be read"),
    "weights of another name": (
        lambda base: (base / WEIGHTS).rename(base / "consolidated.safetensors"),
        "its weights cannot be read",
    ),
    "a missing shard": (a_shard_short, "its weights cannot be read"),
    "a missing weight": (with_weights(lambda tensors: tensors.pop(UP)), "lack some of the weights"),
    "a weight of another shape": (
        with_weights(lambda tensors: tensors.update({UP: torch.zeros(3, 3)})),
        "lack some of the weights",
    ),
}


def copied(tiny_base: Path, directory: Path) -> Path:
    return Path(shutil.copytree(tiny_base, directory))


def config_of(base: Path) -> Config:
    return parse_config(settings(base), base.parent)


def load(base: Path) -> Any:
    config = config_of(base)
    found = locate_base(config.model)
    load_encoder(config, found)
    return load_base(config, found)


@pytest.mark.parametrize("name", UNFIT)
def test_a_base_that_is_not_whole_or_not_fit_is_told_so(tiny_base: Path, tmp_path: Path, name: str) -> None:
    spoil, reason = UNFIT[name]
    base = copied(tiny_base, tmp_path / "base")
    spoil(base)
    with pytest.raises(TrainingFailure) as caught:
        load(base)
    assert (caught.value.code, len(caught.value.problems)) == ("no-base-model", 1)
    assert str(caught.value).startswith(f"model.base is {base}, but ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [sharded, changed("tokenizer_config.json", pad_token=None), changed("config.json", sliding_window=64)],
)
def test_a_base_in_another_form_is_taken(
    tiny_base: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    base = copied(tiny_base, tmp_path / "base")
    change(base)
    weights = load(base).state_dict()
    assert all(torch.equal(tensor, weights[name]) for name, tensor in load(tiny_base).state_dict().items())


def test_code_that_comes_with_a_model_never_runs(tiny_base: Path, tmp_path: Path) -> None:
    mark = tmp_path / "has-run"
    models = {"AutoConfig": "own.C", "AutoModelForCausalLM": "own.M"}
    for number, kind in enumerate(("llama", "own_llm")):
        base = copied(tiny_base, tmp_path / str(number))
        (base / "own.py").write_text(REMOTE_CODE.format(mark=str(mark)), encoding="utf-8")
        changed("config.json", model_type=kind, auto_map=models)(base)
        changed("tokenizer_config.json", auto_map={"AutoTokenizer": ["own.T", "own.T"]})(base)
        if kind == "llama":
            load(base)
        else:
            with pytest.raises(TrainingFailure, match="without code of its own"):
                load(base)
    assert not mark.exists()


def test_an_adapter_is_trained_in_32_bits_on_a_base_of_four(
    tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_quantized(config: Config, base: Path) -> Any:
        model = load_base(config, base)
        # What the libraries know a 4-bit model by.
        model.is_loaded_in_4bit = True
        return model

    monkeypatch.setattr(train, "load_base", load_quantized)
    config = read_config(write_job(tmp_path, settings(tiny_base), some_rows(4, 0, 0)))
    trainer = train._make_trainer(config, collect(config), DeviceBatch(4, 4), StopSignal())
    assert isinstance(trainer.model, PeftModel)
    assert {weight.dtype for weight in trainer.model.parameters() if weight.requires_grad} == {torch.float32}
