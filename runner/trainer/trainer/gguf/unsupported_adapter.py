"""The error of an adapter that llama.cpp cannot be given."""


class UnsupportedAdapter(ValueError):
    """A llama.cpp adapter cannot express something of the adapter or its base; the message says what."""
