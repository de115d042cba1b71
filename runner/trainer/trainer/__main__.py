"""`python -m trainer JOBDIR/config.toml`: events on standard output, words for people on standard error."""

import errno
import sys
import traceback
import warnings
from pathlib import Path

from trainer.config import read_config
from trainer.environment import prepare_environment
from trainer.events import Events, claim_standard_output
from trainer.failures import EXIT_DONE, EXIT_STOPPED, TrainingFailure, TrainingStopped
from trainer.stop_signal import listening

NO_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
USAGE = "usage: python -m trainer JOBDIR/config.toml"


def main(arguments: list[str], events: Events) -> int:
    """Runs one training and returns the exit code; see trainer.failures for the codes."""
    try:
        if len(arguments) != 1:
            raise TrainingFailure("bad-config", USAGE)
        config = read_config(Path(arguments[0]))
        with listening() as stop:
            prepare_environment(config)
            # Only here, because importing the libraries takes seconds and reads the environment.
            from trainer.run import run_training  # noqa: PLC0415

            events.done(run_training(config, events, stop))
        return EXIT_DONE
    except TrainingStopped:
        print("Stopped on request; start again with the same directory to go on.", file=sys.stderr)
        return EXIT_STOPPED
    except TrainingFailure as failure:
        events.failed(failure)
        print(failure, file=sys.stderr)
        return failure.exit_code
    except Exception as error:
        failure = unforeseen(error)
        events.failed(failure)
        print(failure, file=sys.stderr)
        return failure.exit_code


def unforeseen(error: Exception) -> TrainingFailure:
    """Names the kind and the place of an error; its message may quote a sample and is left out."""
    if type(error).__module__.partition(".")[0] == "mlflow":
        return TrainingFailure(
            "internal",
            f"MLflow at mlflow.tracking_uri does not take the numbers ({type(error).__name__}): start again "
            "when it does, or without the setting; the training goes on from its last checkpoint.",
        )
    if _tells_a_failed_write(error):
        return TrainingFailure(
            "internal",
            "A file of the job's directory could not be written: see that it is this user's and its disk is "
            "not full, and start again; the training goes on from its last checkpoint.",
        )
    frames = traceback.extract_tb(error.__traceback__)
    places = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:])
    return TrainingFailure("internal", f"An unforeseen {type(error).__name__} at {places}.")


def _tells_a_failed_write(error: Exception) -> bool:
    """Python, safetensors and PyTorch each say it in a way of their own."""
    if isinstance(error, OSError):
        return error.errno in NO_WRITING
    # PyTorch names the file of its own that writes its archives.
    return "No space left" in str(error) or "inline_container.cc" in str(error)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main(sys.argv[1:], Events(claim_standard_output())))
