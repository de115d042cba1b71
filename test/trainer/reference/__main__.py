"""Answers of transformers and PEFT, which the tests hold llama.cpp's against.

Reads one JSON request from standard input: lists of `models` and `adapters` to make, then of `continuations`,
`tokenizations` and `encodings` to answer. Writes one JSON reply with a list for each of the last three.
"""

import json
import sys

import torch
from answers import continuation, encoding, tokenization
from random_adapter import write_random_adapter
from random_model import write_random_model


def main() -> None:
    torch.set_num_threads(1)
    request = json.load(sys.stdin)
    for model in request["models"]:
        write_random_model(model)
    for adapter in request["adapters"]:
        write_random_adapter(adapter)
    reply = {
        "continuations": [continuation(asked) for asked in request["continuations"]],
        "tokenizations": [tokenization(asked) for asked in request["tokenizations"]],
        "encodings": [encoding(asked) for asked in request["encodings"]],
    }
    json.dump(reply, sys.stdout)


if __name__ == "__main__":
    main()
