"""The trainer with an accident: `python killed_run.py CONFIG (step N | write N | stop N)`.

It kills itself behind that step, or while it writes that step's checkpoint; or it is asked to stop behind it.
"""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from trainer.__main__ import main
from trainer.config import read_config
from trainer.environment import prepare_environment
from trainer.events import Events, claim_standard_output

if TYPE_CHECKING:
    from trainer.callbacks import ReportProgress
    from trainer.weighted_trainer import WeightedTrainer

CONFIG, PLACE, STEP = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
BEHIND_STEP = {"step": signal.SIGKILL, "stop": signal.SIGTERM}


def die(signal_number: int) -> None:
    os.kill(os.getpid(), signal_number)


def prepare_accident() -> None:
    prepare_environment(read_config(CONFIG))
    from trainer.callbacks import ReportProgress  # noqa: PLC0415
    from trainer.weighted_trainer import WeightedTrainer  # noqa: PLC0415

    tell, save = ReportProgress.on_step_end, WeightedTrainer._save_rng_state

    def tell_and_die(self: "ReportProgress", args: Any, state: Any, control: Any, **rest: Any) -> None:
        tell(self, args, state, control, **rest)
        if PLACE in BEHIND_STEP and state.global_step == STEP:
            die(BEHIND_STEP[PLACE])

    def die_before_saving(self: "WeightedTrainer", directory: str) -> None:
        if PLACE == "write" and self.state.global_step == STEP:
            die(signal.SIGKILL)
        save(self, directory)

    ReportProgress.on_step_end = tell_and_die
    WeightedTrainer._save_rng_state = die_before_saving


prepare_accident()
sys.exit(main([str(CONFIG)], Events(claim_standard_output())))
