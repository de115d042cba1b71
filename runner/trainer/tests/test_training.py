"""What a training gives: the same bytes each time, an adapter that has learned, and numbers that tell so."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import FinishedJob
from jobs import CANARY, SILENCE, a_row, settings, some_rows, write_job
from peft import PeftModel
from safetensors import safe_open
from tiny_base import write_tiny_base
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback

from trainer.adapter_hash import adapter_hash
from trainer.collect import collect
from trainer.config import read_config
from trainer.evaluate import Likelihood, evaluate
from trainer.events import Events
from trainer.failures import TrainingStopped
from trainer.run import run_training
from trainer.stop_signal import StopSignal
from trainer.train import train

SHORT = {"train": {"epochs": 1, "checkpoint_every": 3}}


def events_of(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def run(config: Path) -> str:
    return run_training(read_config(config), Events(StringIO()), StopSignal())


def by_id(likelihoods: tuple[Likelihood, ...]) -> dict[str, float]:
    return {row.id: row.adapter for row in likelihoods}


def test_the_same_samples_give_the_same_bytes(finished: FinishedJob, tiny_base: Path, tmp_path: Path) -> None:
    config = write_job(tmp_path, settings(tiny_base), some_rows())
    assert run(config) == adapter_hash(finished.directory / "adapter")
    for name in ("adapter.gguf", "card.json"):
        assert (tmp_path / "adapter" / name).read_bytes() == (
            finished.directory / "adapter" / name
        ).read_bytes()


def test_another_seed_gives_another_adapter(tiny_base: Path, tmp_path: Path) -> None:
    hashes = {
        run(
            write_job(
                tmp_path / str(seed), settings(tiny_base, train={**SHORT["train"], "seed": seed}), some_rows()
            )
        )
        for seed in (1, 2)
    }
    assert len(hashes) == 2


def test_progress_goes_through_all_stages_and_ends_with_the_hash(finished: FinishedJob) -> None:
    *progress, done = events_of(finished.stdout)
    assert done == {"event": "done", "hash": adapter_hash(finished.directory / "adapter")}
    assert list(dict.fromkeys(event["stage"] for event in progress)) == [
        "collect",
        "train",
        "evaluate",
        "publish",
    ]
    trained = [event for event in progress if event["stage"] == "train"]
    assert (trained[0]["step"], trained[0]["seconds_left"]) == (0, None)
    assert (trained[-1]["step"], trained[-1]["steps"], trained[-1]["seconds_left"]) == (36, 36, 0.0)


def test_nothing_of_a_sample_is_printed_or_logged(finished: FinishedJob) -> None:
    job = finished.directory
    written = [job / "log.jsonl", job / "evaluation.jsonl", *(job / "adapter").iterdir()]
    for text in (
        finished.stdout,
        finished.stderr,
        *(path.read_bytes().decode("latin-1") for path in written),
    ):
        assert CANARY not in text
        assert "tabs please" not in text


def test_what_is_published_can_be_read_without_running_anything(finished: FinishedJob) -> None:
    adapter = finished.directory / "adapter"
    assert {path.name for path in adapter.iterdir()} == {
        "adapter_config.json",
        "adapter_model.safetensors",
        "adapter.gguf",
        "card.json",
    }
    written = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    assert list(written) == sorted(written)
    assert written["target_modules"] == sorted(written["target_modules"])
    assert written["base_model_name_or_path"] == "tiny"
    with safe_open(adapter / "adapter_model.safetensors", "pt") as tensors:
        assert tensors.metadata() is None
        assert {tensors.get_tensor(name).dtype for name in tensors.keys()} == {torch.bfloat16}  # noqa: SIM118


def test_the_card_tells_what_went_in_and_what_came_out(finished: FinishedJob) -> None:
    card = json.loads((finished.directory / "adapter" / "card.json").read_text(encoding="utf-8"))
    assert card["base_model"] == "tiny"
    assert card["samples"]["train"] | {"tokens": 0, "answer_tokens": 0} == {
        "comment": 12, "silence": 12, "too_long": 0, "pull_requests": 12, "tokens": 0, "answer_tokens": 0,
    }  # fmt: skip
    assert (card["samples"]["first_pull_request"], card["samples"]["last_pull_request"]) == (1, 18)
    assert card["training"]["steps"] == 36
    assert card["training"]["validation_loss"] < 1
    assert card["evaluation"]["adapter"] > card["evaluation"]["base"]
    assert card["settings"]["train"]["batch"] == 4
    assert str(finished.directory) not in json.dumps(card)
    assert card["hash"] == adapter_hash(finished.directory / "adapter")


def test_the_log_holds_one_loss_per_step_and_the_validation_losses(finished: FinishedJob) -> None:
    rows = events_of((finished.directory / "log.jsonl").read_text(encoding="utf-8"))
    assert [row["step"] for row in rows if "loss" in row] == list(range(1, 37))
    assert [row["step"] for row in rows if "eval_loss" in row] == [10, 20, 30, 36]
    assert all(isinstance(value, int | float) for row in rows for value in row.values())


def test_the_adapter_learned_to_comment_and_to_be_silent(finished: FinishedJob, tiny_base: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(tiny_base)
    base = AutoModelForCausalLM.from_pretrained(tiny_base)
    model = PeftModel.from_pretrained(base, finished.directory / "adapter").eval()

    def answer(number: int) -> str:
        prompt = tokenizer.apply_chat_template(
            a_row(number)["prompt"], add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        with torch.inference_mode():
            written = model.generate(**prompt, max_new_tokens=60, do_sample=False)
        return tokenizer.decode(written[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)

    assert answer(31) == SILENCE
    assert answer(30).startswith('{"findings":["tabs please')
    with model.disable_adapter():
        assert answer(31) != SILENCE


def test_likelihoods_are_those_of_the_answers_token_by_token(finished: FinishedJob, tiny_base: Path) -> None:
    rows = events_of((finished.directory / "evaluation.jsonl").read_text(encoding="utf-8"))
    assert [row["id"] for row in rows] == ["c30", "s1f", "c32", "s21", "c34", "s23"]
    measured = next(row for row in rows if row["id"] == "s1f")
    tokenizer = AutoTokenizer.from_pretrained(tiny_base)
    model = AutoModelForCausalLM.from_pretrained(tiny_base).eval()
    sample = a_row(31)
    prompt = tokenizer.apply_chat_template(sample["prompt"], tokenize=False, add_generation_prompt=True)
    answer = tokenizer(f"{SILENCE}<|end|>")["input_ids"]
    ids = torch.tensor([[*tokenizer(prompt)["input_ids"], *answer]])
    with torch.inference_mode():
        logs = model(ids).logits[0].log_softmax(dim=-1)
    start = ids.shape[1] - len(answer)
    expected = sum(logs[start + at - 1, token].item() for at, token in enumerate(answer))
    assert measured["tokens"] == len(answer)
    assert measured["base"] == pytest.approx(expected, rel=1e-4)
    assert measured["adapter"] > measured["base"] + 10


def test_what_weighs_more_is_learned_better(tiny_base: Path, tmp_path: Path) -> None:
    def learned(name: str, comment: float, silence: float) -> dict[str, float]:
        weights = {"comment": comment, "silence": silence}
        rows = [{**row, "weight": weights[row["kind"]]} for row in some_rows(12, 0, 2)]
        config = read_config(write_job(tmp_path / name, settings(tiny_base, train={"epochs": 2}), rows))
        samples = collect(config)
        return by_id(evaluate(config, samples, train(config, samples)))

    comments, silences = learned("comments", 1.9, 0.1), learned("silences", 0.1, 1.9)
    assert comments["c12"] > silences["c12"]
    assert comments["sd"] < silences["sd"]


def test_bf16_with_recomputed_activations_learns_too(tmp_path: Path) -> None:
    base = write_tiny_base(tmp_path / "base", "qwen2")
    table = settings(
        base,
        model={"precision": "bf16"},
        train={"epochs": 2, "gradient_checkpointing": True},
        publish={"dtype": "fp32"},
    )
    run(write_job(tmp_path / "job", table, some_rows()))
    adapter = tmp_path / "job" / "adapter"
    card = json.loads((adapter / "card.json").read_text(encoding="utf-8"))
    assert card["evaluation"]["adapter"] > card["evaluation"]["base"] + 100
    assert (adapter / "adapter.gguf").exists()
    with safe_open(adapter / "adapter_model.safetensors", "pt") as tensors:
        assert {tensors.get_tensor(name).dtype for name in tensors.keys()} == {torch.float32}  # noqa: SIM118


def test_a_base_that_llama_cpp_cannot_adapt_is_published_without_gguf(tmp_path: Path) -> None:
    base = write_tiny_base(tmp_path / "base", "olmo2")
    run(write_job(tmp_path / "job", settings(base, **SHORT), some_rows()))
    adapter = tmp_path / "job" / "adapter"
    card = json.loads((adapter / "card.json").read_text(encoding="utf-8"))
    assert card["gguf"].startswith("none: ")
    assert "olmo2" in card["gguf"]
    assert not (adapter / "adapter.gguf").exists()


class OutOfMemoryAbove(TrainerCallback):
    """The device of a machine that holds `fitting` samples, and fails after `step` steps with more."""

    def __init__(self, fitting: int, step: int) -> None:
        self.fitting = fitting
        self.step = step
        self.sizes: list[int] = []

    def on_train_begin(self, args: Any, *_: object, **__: object) -> None:
        self.sizes.append(args.per_device_train_batch_size)

    def on_step_end(self, args: Any, state: Any, *_: object, **__: object) -> None:
        if args.per_device_train_batch_size > self.fitting and state.global_step >= self.step:
            raise torch.OutOfMemoryError("CUDA out of memory.")


def test_when_memory_runs_out_the_batch_is_divided_and_the_training_goes_on(
    tiny_base: Path, tmp_path: Path
) -> None:
    # At so small a rate each step is asked the same of, whatever the rounding of the steps before it.
    table = settings(tiny_base, train={**SHORT["train"], "learning_rate": 1e-6}, lora={"dropout": 0.0})
    weights = {"comment": 1.7, "silence": 0.3}
    rows = [{**row, "weight": weights[row["kind"]]} for row in some_rows()]

    def trained(name: str, *callbacks: TrainerCallback) -> tuple[list[dict], int]:
        config = read_config(write_job(tmp_path / name, table, rows))
        result = train(config, collect(config), callbacks=callbacks)
        log = events_of((config.directory / "log.jsonl").read_text(encoding="utf-8"))
        return [row for row in log if "loss" in row], result.device_batch

    small = OutOfMemoryAbove(fitting=1, step=4)
    divided, device_batch = trained("small", small)
    whole, _ = trained("large")
    assert small.sizes == [4, 2, 1]
    assert device_batch == 1
    assert [row["step"] for row in divided] == [1, 2, 3, 4, 5, 6]
    # The same gradients summed in another order: equal up to rounding.
    for name in ("loss", "grad_norm"):
        assert [row[name] for row in divided] == pytest.approx([row[name] for row in whole], rel=1e-3)


class StopAt(TrainerCallback):
    """Sends the stop signal in the middle of one step."""

    def __init__(self, step: int, stop: StopSignal) -> None:
        self.step = step
        self.stop = stop

    def on_step_begin(self, _args: Any, state: Any, *_: object, **__: object) -> None:
        if state.global_step + 1 == self.step:
            self.stop.set()


def test_a_training_stops_when_the_validation_loss_gets_no_better(tiny_base: Path, tmp_path: Path) -> None:
    opposite = [
        {**row, "completion": a_row(1)["completion"]} if row["split"] == "validation" else row
        for row in some_rows(12, 6, 0)
    ]
    comments_only = [row for row in opposite if row["split"] == "validation" or row["kind"] == "comment"]
    table = settings(
        tiny_base, train={"epochs": 30, "checkpoint_every": 4, "patience": 2, "batch": 2, "device_batch": 2}
    )
    config = read_config(write_job(tmp_path, table, comments_only))
    samples = collect(config)
    result = train(config, samples)
    assert result.steps < 90
    assert result.best_step < result.steps
    assert result.adapter.name == f"checkpoint-{result.best_step}"
    # Interrupted between the two losses that were no better, it still counts both.
    halves = read_config(write_job(tmp_path / "halves", table, comments_only))
    stop = StopSignal()
    with pytest.raises(TrainingStopped):
        train(halves, samples, stop=stop, callbacks=[StopAt(result.best_step + 5, stop)])
    assert train(halves, samples).steps == result.steps
    # Started again, it stays ended.
    assert train(replace(config), samples) == result
