"""Ways to run a training elsewhere than in this process."""
