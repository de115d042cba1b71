"""Tries again, a little later each time."""

import time
from collections.abc import Callable


def with_retries(attempt: Callable[[], bytes], times: int, pause: float) -> bytes:
    """Calls `attempt` up to `times` times; the last failure is raised."""
    for number in range(times - 1):
        try:
            return attempt()
        except TimeoutError:
            time.sleep(pause * 2**number)
    return attempt()
