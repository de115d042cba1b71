"""The config file: what it may say, and what is said about a wrong one."""

from dataclasses import replace
from pathlib import Path

import pytest

from trainer.config import Config, ModelConfig, parse_config, read_config
from trainer.environment import prepare_environment
from trainer.failures import TrainingFailure

DIRECTORY = Path("/job")


def problems_of(table: dict) -> list[str]:
    with pytest.raises(TrainingFailure) as caught:
        parse_config(table, DIRECTORY)
    assert caught.value.code == "bad-config"
    assert caught.value.exit_code == 2
    return list(caught.value.problems)


def test_a_base_model_is_all_that_must_be_given() -> None:
    config = parse_config({"model": {"base": "/srv/models/qwen3-8b"}}, DIRECTORY)
    assert config == Config(DIRECTORY, ModelConfig(base="/srv/models/qwen3-8b"))
    assert config.serving_id == "/srv/models/qwen3-8b"


def test_the_serving_name_wins_over_the_directory() -> None:
    config = parse_config({"model": {"base": "/srv/models/qwen3-8b", "serving_id": "qwen3"}}, DIRECTORY)
    assert config.serving_id == "qwen3"


def test_every_problem_is_told_at_once() -> None:
    assert problems_of(
        {
            "model": {"base": "b", "precision": "int8", "hub": "yes"},
            "train": {"epochs": 0, "batch": 8, "device_batch": 3, "speed": 1},
            "lora": {"r": True, "dropout": 1, "targets": ["q_proj", "q_proj"]},
            "optimizer": {},
        }
    ) == [
        "[optimizer] is no section; there are lora, mlflow, model, publish, train.",
        "model.precision must be one of bf16, fp16, fp32.",
        "model.hub must be true or false.",
        "lora.r must be a whole number at least 1 and at most 512.",
        "lora.dropout must be a number at least 0 and below 1.",
        "lora.targets must be a list of different module names.",
        "train.speed is no setting; there are batch, checkpoint_every, device_batch, epochs, "
        "gradient_checkpointing, learning_rate, max_grad_norm, max_length, patience, scheduler, seed, "
        "warmup, weight_decay.",
        "train.epochs must be a number above 0 and at most 100.",
    ]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({}, "model.base must name the base model: a directory, or a hub name."),
        (
            {"model": {"base": "b"}, "train": {"batch": 8, "device_batch": 3}},
            "train.device_batch must divide train.batch.",
        ),
        (
            {"model": {"base": "b"}, "lora": {"targets": ["q_proj", "lm_head"]}},
            "lora.targets must not name lm_head or embed_tokens: no engine serves such an adapter.",
        ),
        (
            {"model": {"base": "b", "precision": "fp16", "device": "cpu"}},
            "model.precision fp16 needs a GPU; take bf16 or fp32 on a CPU.",
        ),
        (
            {"model": {"base": "b", "quantize": "nf4", "device": "cpu"}},
            "model.quantize nf4 needs a GPU; leave it out on a CPU.",
        ),
        (
            {"model": {"base": "b"}, "train": {"learning_rate": float("nan")}},
            "train.learning_rate must be a number above 0 and at most 1.",
        ),
        (
            {"model": {"base": "b", "template_arguments": {"a": [1]}}},
            "model.template_arguments must be a table of texts, numbers and booleans.",
        ),
        (
            {"model": {"base": "b"}, "train": {"epochs": 10**400}},
            "train.epochs must be a number above 0 and at most 100.",
        ),
        ({"model": {"base": "b\u0000"}}, "model.base must be one line of text."),
        ({"model": []}, "[model] must be a section."),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(table: dict, problem: str) -> None:
    assert problem in problems_of(table)


def test_a_file_that_is_no_toml_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[model\n", encoding="utf-8")
    with pytest.raises(TrainingFailure, match=r"The config file is not TOML: .* line 1"):
        read_config(tmp_path / "config.toml")
    (tmp_path / "config.toml").write_text(f"a = {'[' * 20_000}", encoding="utf-8")
    with pytest.raises(TrainingFailure, match="nested too deeply"):
        read_config(tmp_path / "config.toml")
    with pytest.raises(TrainingFailure, match="cannot be read"):
        read_config(tmp_path / "missing.toml")


def test_a_training_is_offline_and_on_one_gpu_unless_told_otherwise() -> None:
    offline: dict[str, str] = {"CUDA_VISIBLE_DEVICES": "3,4"}
    config = Config(DIRECTORY, ModelConfig(base="b"))
    prepare_environment(config, offline)
    assert offline["HF_HUB_OFFLINE"] == offline["TRANSFORMERS_OFFLINE"] == "1"
    assert offline["CUDA_VISIBLE_DEVICES"] == "3"
    assert "MLFLOW_TRACKING_URI" not in offline

    online: dict[str, str] = {}
    prepare_environment(replace(config, model=ModelConfig(base="b", hub=True, device="cpu")), online)
    assert online["HF_HUB_OFFLINE"] == "0"
    assert online["CUDA_VISIBLE_DEVICES"] == ""
