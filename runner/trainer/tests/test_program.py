"""`python -m trainer`: exit codes, and words that help."""

import errno
import json
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
import torch
from conftest import run_program
from jobs import CANARY, a_row, settings, some_rows, write_job
from safetensors import SafetensorError
from tiny_base import write_tiny_base
from transformers import AutoModelForCausalLM

from trainer import base_model
from trainer.__main__ import main, unforeseen
from trainer.events import Events
from trainer.only_one import alone_in


def run(*arguments: str) -> tuple[int, dict]:
    """The exit code and the last event."""
    out = StringIO()
    code = main(list(arguments), Events(out))
    return code, json.loads(out.getvalue().splitlines()[-1])


def failed(code: str, message: str) -> dict:
    return {"event": "failed", "code": code, "message": message}


def test_the_program_ends_with_2_and_tells_every_problem(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[train]\nbatch = 0\n[modle]\n", encoding="utf-8")
    ended = run_program(str(tmp_path / "config.toml"))
    assert ended.returncode == 2
    (event,) = (json.loads(line) for line in ended.stdout.splitlines())
    assert event == failed("bad-config", ended.stderr.strip())
    assert ended.stderr.splitlines() == [
        "[modle] is no section; there are lora, mlflow, model, publish, train.",
        "train.batch must be a whole number at least 1 and at most 4096.",
        "model.base must name the base model: a directory, or a hub name.",
    ]


def test_a_missing_argument_is_told() -> None:
    assert run() == (2, failed("bad-config", "usage: python -m trainer JOBDIR/config.toml"))


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        ("/nowhere/weights", "but there is no such directory"),
        ("owner/model", "but it is not in this machine's cache"),
        ("a" * 5000, "but that is neither a directory nor a name of the form owner/model"),
        ("not a name", "but that is neither a directory nor a name of the form owner/model"),
    ],
)
def test_a_missing_base_model_is_told_with_what_to_do(
    tiny_base: Path, tmp_path: Path, base: str, reason: str
) -> None:
    table = settings(tiny_base, model={"base": base})
    code, event = run(str(write_job(tmp_path, table, some_rows())))
    assert (code, event["code"]) == (2, "no-base-model")
    assert event["message"].startswith(f"model.base is {base}, {reason}: ")


def test_weights_that_are_no_safetensors_are_refused(tiny_base: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "config.json").write_bytes((tiny_base / "config.json").read_bytes())
    (base / "pytorch_model.bin").write_bytes(b"pickle")
    code, event = run(str(write_job(tmp_path, settings(base), some_rows())))
    assert (code, event["code"]) == (2, "no-base-model")
    assert "cannot be trained on; fetch the same model as safetensors" in event["message"]


def test_targets_that_the_base_has_not_are_named(tiny_base: Path, tmp_path: Path) -> None:
    table = settings(tiny_base, lora={"targets": ["q_proj", "in_proj_z", "query"]})
    code, event = run(str(write_job(tmp_path, table, some_rows())))
    assert code == 2
    assert event == failed(
        "bad-config", "lora.targets names in_proj_z, query, which this base model (llama) does not have."
    )


@pytest.mark.parametrize(
    "asked",
    [{"device": "cuda"}, {"quantize": "nf4", "device": "auto"}, {"precision": "fp16", "device": "auto"}],
)
def test_what_needs_a_gpu_is_told_before_any_work(tiny_base: Path, tmp_path: Path, asked: dict) -> None:
    code, event = run(str(write_job(tmp_path, settings(tiny_base, model=asked), some_rows())))
    assert (code, event["code"]) == (2, "bad-config")
    assert "GPU" in event["message"]


@pytest.mark.skipif(find_spec("mlflow") is not None, reason="MLflow is installed")
def test_a_missing_mlflow_is_told_before_any_work(tiny_base: Path, tmp_path: Path) -> None:
    table = settings(tiny_base, mlflow={"tracking_uri": "http://mlflow.internal:5000"})
    code, event = run(str(write_job(tmp_path, table, some_rows())))
    assert (code, event["code"]) == (2, "bad-config")
    assert "requirements-mlflow.txt" in event["message"]


def test_bad_samples_are_told_without_their_text(tiny_base: Path, tmp_path: Path) -> None:
    rows = [a_row(0), a_row(2, kind=CANARY), a_row(4, split=CANARY)]
    code, event = run(str(write_job(tmp_path, settings(tiny_base), rows)))
    assert code == 2
    assert event == failed("bad-samples", "Line 2: kind is wrong.\nLine 3: split is wrong.")


def test_samples_that_are_all_too_long_are_told(tiny_base: Path, tmp_path: Path) -> None:
    config = write_job(tmp_path, settings(tiny_base, train={"max_length": 16}), some_rows())
    assert run(str(config)) == (
        2,
        failed("bad-samples", "No sample of split train has at most train.max_length = 16 tokens."),
    )


def test_a_loss_that_is_no_number_ends_the_training(tmp_path: Path) -> None:
    base = write_tiny_base(tmp_path / "broken")
    model = AutoModelForCausalLM.from_pretrained(base)
    model.model.norm.weight.data[0] = float("nan")
    model.save_pretrained(base)
    code, event = run(str(write_job(tmp_path / "job", settings(base), some_rows())))
    assert (code, event["code"]) == (1, "internal")
    assert event["message"].startswith("The loss is no number after step 1: lower train.learning_rate")
    assert not (tmp_path / "job" / "adapter").exists()


def test_an_unforeseen_error_is_named_by_kind_and_place_alone() -> None:
    def read() -> None:
        raise KeyError(CANARY)

    with pytest.raises(KeyError) as caught:
        read()
    failure = unforeseen(caught.value)
    assert failure.exit_code == 1
    assert str(failure).startswith("An unforeseen KeyError at test_program.py:")
    assert CANARY not in str(failure)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        PermissionError(errno.EACCES, "Permission denied"),
        SafetensorError("Io Error: No space left on device (os error 28)"),
        RuntimeError("[enforce fail at inline_container.cc:862] . PytorchStreamWriter failed writing file"),
        RuntimeError("[enforce fail at inline_container.cc:664] . unexpected pos 64 vs 0"),
    ],
)
def test_a_file_that_cannot_be_written_is_told(error: Exception) -> None:
    assert "its disk is not full" in str(unforeseen(error))


def test_a_second_trainer_leaves_a_directory_to_the_first(tiny_base: Path, tmp_path: Path) -> None:
    config = write_job(tmp_path, settings(tiny_base), some_rows())
    with alone_in(tmp_path):
        assert run(str(config)) == (
            2,
            failed("bad-config", "Another trainer works in this directory: wait for its end, or stop it."),
        )
    assert not (tmp_path / "checkpoints").exists()


def test_a_missing_bitsandbytes_is_told_before_any_work(
    tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(base_model, "find_spec", lambda _: None)
    table = settings(tiny_base, model={"device": "cuda", "quantize": "nf4"})
    code, event = run(str(write_job(tmp_path, table, some_rows())))
    assert (code, event["code"]) == (2, "bad-config")
    assert "requirements-cuda.txt" in event["message"]


def test_progress_is_told_at_most_once_a_second_but_never_without_its_end() -> None:
    out, now = StringIO(), 0.0
    events = Events(out, lambda: now)
    for step in range(101):
        now = step * 0.1
        events.progress("train", step, 100, 1.23456)
    steps = [json.loads(line)["step"] for line in out.getvalue().splitlines()]
    assert steps == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    assert '"seconds_left": 1.2}' in out.getvalue()
