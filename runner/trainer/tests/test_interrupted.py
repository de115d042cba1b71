"""A training that is killed, stopped, or finds half-written files ends with the bytes of one that was not."""

import json
import shutil
import signal
from io import StringIO
from pathlib import Path

import pytest
from conftest import PROGRAM_DIRECTORY, FinishedJob, run_program
from jobs import settings, some_rows, write_job

from trainer.adapter_hash import adapter_hash
from trainer.checkpoints import MARK, latest_checkpoint
from trainer.config import read_config
from trainer.events import Events
from trainer.run import run_training
from trainer.stop_signal import StopSignal

KILLED_RUN = str(PROGRAM_DIRECTORY / "tests" / "killed_run.py")


def finish(config: Path) -> str:
    return run_training(read_config(config), Events(StringIO()), StopSignal())


def test_three_kills_change_nothing(finished: FinishedJob, tiny_base: Path, tmp_path: Path) -> None:
    config = write_job(tmp_path, settings(tiny_base), some_rows())
    for place, step, survives in (("step", 4, None), ("write", 20, 10), ("step", 27, 20)):
        ended = run_program(str(config), place, str(step), program=(KILLED_RUN,))
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        if place == "write":
            assert (tmp_path / "checkpoints" / "checkpoint-20" / "adapter_model.safetensors").exists()
        assert not (tmp_path / "adapter").exists()
        whole = latest_checkpoint(tmp_path / "checkpoints")
        assert (whole.step if whole else None) == survives

    assert finish(config) == adapter_hash(finished.directory / "adapter")
    for name in ("log.jsonl", "evaluation.jsonl"):
        assert (tmp_path / name).read_text() == (finished.directory / name).read_text()


def test_a_stop_saves_a_checkpoint_at_once_and_changes_nothing(
    finished: FinishedJob, tiny_base: Path, tmp_path: Path
) -> None:
    config = write_job(tmp_path, settings(tiny_base), some_rows())
    ended = run_program(str(config), "stop", "4", program=(KILLED_RUN,))
    assert ended.returncode == 143, ended.stderr
    assert "done" not in ended.stdout
    assert ended.stderr == "Stopped on request; start again with the same directory to go on.\n"
    saved = latest_checkpoint(tmp_path / "checkpoints")
    assert saved is not None
    assert 4 <= saved.step <= 5
    assert not saved.is_last

    assert finish(config) == adapter_hash(finished.directory / "adapter")


@pytest.mark.parametrize("damage", ["no mark", "a shorter file", "a missing file", "a broken mark"])
def test_a_checkpoint_that_is_not_whole_is_passed_over(
    finished: FinishedJob, tmp_path: Path, damage: str
) -> None:
    shutil.copytree(finished.directory / "checkpoints", tmp_path, dirs_exist_ok=True)
    last = latest_checkpoint(tmp_path)
    assert last is not None
    assert (last.step, last.is_last, last.device_batch) == (36, True, 4)
    optimizer = last.path / "optimizer.pt"
    match damage:
        case "no mark":
            (last.path / MARK).unlink()
        case "a shorter file":
            optimizer.write_bytes(optimizer.read_bytes()[:-1])
        case "a missing file":
            optimizer.unlink()
        case "a broken mark":
            (last.path / MARK).write_text('{"sizes":', encoding="utf-8")
    earlier = latest_checkpoint(tmp_path)
    assert earlier is not None
    assert (earlier.step, earlier.is_last) == (30, False)
    assert not last.path.exists()


def test_a_publication_that_was_cut_off_is_made_again(finished: FinishedJob, tmp_path: Path) -> None:
    job = tmp_path / "job"
    shutil.copytree(finished.directory, job)
    (job / "adapter").rename(job / ".adapter.new")
    (job / ".adapter.new" / "adapter_model.safetensors").write_bytes(b"half")
    (job / ".adapter.new" / "stray").write_bytes(b"")
    assert finish(job / "config.toml") == adapter_hash(finished.directory / "adapter")
    assert {path.name for path in (job / "adapter").iterdir()} == {
        path.name for path in (finished.directory / "adapter").iterdir()
    }
    assert not (job / ".adapter.new").exists()


def test_a_finished_job_is_only_named_again(finished: FinishedJob, tmp_path: Path) -> None:
    job = tmp_path / "job"
    shutil.copytree(finished.directory, job)
    shutil.rmtree(job / "checkpoints")
    assert finish(job / "config.toml") == adapter_hash(finished.directory / "adapter")
    assert not (job / "checkpoints").exists()


def test_other_samples_start_from_nothing(finished: FinishedJob, tiny_base: Path, tmp_path: Path) -> None:
    job = tmp_path / "job"
    shutil.copytree(finished.directory, job)
    config = write_job(job, settings(tiny_base, train={"epochs": 1}), some_rows(12, 2, 2))
    assert finish(config) != adapter_hash(finished.directory / "adapter")
    assert max(json.loads(line)["step"] for line in (job / "log.jsonl").read_text().splitlines()) == 3
