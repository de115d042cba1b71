"""Turns a lead's past review comments into a LoRA adapter: collect, train, evaluate, publish."""
