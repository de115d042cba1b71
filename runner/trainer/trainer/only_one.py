"""Two trainers on one directory would delete each other's checkpoints."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trainer.failures import TrainingFailure

LOCK_FILE = "lock"


@contextmanager
def alone_in(directory: Path) -> Iterator[None]:
    """Holds the directory while the block runs; the system lets go of it however the process ends.

    Raises TrainingFailure `bad-config` when another process holds it.
    """
    handle = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise TrainingFailure(
            "bad-config", "Another trainer works in this directory: wait for its end, or stop it."
        ) from None
    finally:
        os.close(handle)
