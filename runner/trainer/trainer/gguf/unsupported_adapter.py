"""The error of an adapter that llama.cpp cannot be given."""


class UnsupportedAdapter(ValueError):
    """The adapter or its base model has something that a llama.cpp adapter cannot express; the message says what."""
