"""The tiny base model and one trained adapter, made once for all tests; nothing may open a connection."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

# The libraries read these when they are imported.
os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""}

from jobs import settings, some_rows, write_job
from tiny_base import write_tiny_base

OURS = ("HF_", "TRANSFORMERS_", "CUDA_")
PROGRAM_DIRECTORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class FinishedJob:
    """A job that the real program ran to its end, and what it printed."""

    directory: Path
    stdout: str
    stderr: str


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("A connection was opened.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_base(tmp_path_factory.mktemp("base") / "tiny")


def run_program(*arguments: str, program: tuple[str, ...] = ("-m", "trainer")) -> subprocess.CompletedProcess:
    """Runs the trainer as the server does."""
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=PROGRAM_DIRECTORY,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        # Variables decide how a processor rounds, so it has those of the tests; but it is offline by itself.
        env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
    )


@pytest.fixture(scope="session")
def finished(tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> FinishedJob:
    directory = tmp_path_factory.mktemp("finished")
    config = write_job(directory, settings(tiny_base), some_rows())
    ended = run_program(str(config))
    assert ended.returncode == 0, ended.stderr
    return FinishedJob(directory, ended.stdout, ended.stderr)
