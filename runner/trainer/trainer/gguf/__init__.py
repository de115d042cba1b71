"""Adapters for llama.cpp."""
