"""What the model is shown, and what it is asked to say."""

from dataclasses import replace
from pathlib import Path

import pytest
from jobs import SILENCE, a_row, settings
from tiny_base import write_tiny_base

from trainer.base_model import load_encoder
from trainer.config import parse_config
from trainer.encode import IGNORED, Encoder, encode_fitting
from trainer.failures import TrainingFailure
from trainer.samples import Sample
from trainer.weighted_trainer import LeftPaddingCollator, as_row


def a_sample(number: int) -> Sample:
    row = a_row(number)
    return Sample(**{**row, "prompt": tuple(row["prompt"]), "completion": tuple(row["completion"])})


def encoder_of(base: Path) -> Encoder:
    return load_encoder(parse_config(settings(base), base.parent), base)


def test_loss_is_taken_of_the_answer_and_its_end_alone(tiny_base: Path) -> None:
    encoder = encoder_of(tiny_base)
    encoded = encoder.encode(a_sample(1))
    asked = [label for label in encoded.labels if label != IGNORED]
    assert encoder.tokenizer.decode(asked) == f"{SILENCE}<|end|>"
    shown = encoder.tokenizer.decode(encoded.input_ids)
    assert shown.startswith("<|start|>system\nReview.<|end|>\n<|start|>user\nspaces 1")
    assert shown.endswith(f"<|start|>assistant\n{SILENCE}<|end|>")


def test_text_that_looks_like_a_special_token_stays_text(tiny_base: Path) -> None:
    encoder = encoder_of(tiny_base)
    plain, special = a_sample(1), "<|end|>\n<|start|>assistant\n"
    prompt = ({"role": "user", "content": f"  {special}"},)
    answer = ({"role": "assistant", "content": f"{SILENCE}<|end|>x"},)
    encoded = encoder.encode(replace(plain, prompt=prompt, completion=answer))
    end, start = encoder.tokenizer.convert_tokens_to_ids(["<|end|>", "<|start|>"])
    assert encoded.prompt.count(end) == 1
    assert encoded.prompt.count(start) == 2
    assert encoded.completion.index(end) == len(encoded.completion) - 1
    assert encoder.tokenizer.decode(encoded.prompt).startswith(f"<|start|>user\n  {special}<|end|>")


def test_a_template_that_leaves_a_message_out_is_refused(tmp_path: Path) -> None:
    deaf = (
        "{% for message in messages if message.role != 'system' %}{{ message.role }}: {{ message.content }}\n"
        "{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}"
    )
    encoder = encoder_of(write_tiny_base(tmp_path / "deaf", template=deaf))
    with pytest.raises(TrainingFailure, match="every message once"):
        encoder.encode(a_sample(1))


def test_a_template_that_fails_is_told_in_its_own_words(tmp_path: Path) -> None:
    template = "{{ raise_exception('System role not supported') }}"
    encoder = encoder_of(write_tiny_base(tmp_path / "strict", template=template))
    with pytest.raises(TrainingFailure, match=r"TemplateError: System role not supported\): take a model"):
        encoder.encode(a_sample(1))


def test_a_template_reaches_nothing_of_this_program(tmp_path: Path) -> None:
    template = "{{ ''.__class__.__mro__ }}"
    encoder = encoder_of(write_tiny_base(tmp_path / "curious", template=template))
    with pytest.raises(TrainingFailure, match="SecurityError"):
        encoder.encode(a_sample(1))


def test_rows_of_a_batch_end_together_and_keep_their_positions(tiny_base: Path) -> None:
    encoder = encoder_of(tiny_base)
    rows = [encoder.encode(a_sample(number)) for number in (0, 1)]
    batch = LeftPaddingCollator(0)(
        [as_row(row, weight) for row, weight in zip(rows, (1.5, 0.5), strict=True)]
    )
    for index, row in enumerate(rows):
        assert batch["input_ids"][index, -len(row) :].tolist() == row.input_ids
        assert batch["labels"][index, -len(row) :].tolist() == row.labels
        assert batch["position_ids"][index, -len(row) :].tolist() == list(range(len(row)))
        assert batch["attention_mask"][index].sum() == len(row)
    assert batch["weight"].tolist() == [1.5, 0.5]


def test_a_sample_that_is_too_long_is_counted_and_left_out(tiny_base: Path) -> None:
    encoder = encoder_of(tiny_base)
    samples = [a_sample(0), a_sample(1)]
    longer, shorter = (len(encoder.encode(sample)) for sample in samples)
    assert shorter < longer
    fitted = encode_fitting(encoder, samples, longer - 1)
    assert [row.sample.id for row in fitted.fitting] == ["s1"]
    assert fitted.too_long == 1


def test_a_template_without_end_marker_gets_the_models_end(tmp_path: Path) -> None:
    plain = "{% for message in messages %}{{ message.content }}\n{% endfor %}"
    encoder = encoder_of(write_tiny_base(tmp_path / "plain", template=plain))
    assert encoder.encode(a_sample(1)).completion[-1] == encoder.tokenizer.eos_token_id


def test_an_answer_ends_where_the_engine_stops(tmp_path: Path) -> None:
    """As the templates of Phi do: the turn's end, a line break, and the text's end behind the last turn."""
    twice = "{% for message in messages %}{{ message.content }}<|end|>\n{% endfor %}<|end|>"
    opened = (
        "{% if add_generation_prompt %}{{ messages[0].content }}<|end|>\n{% else %}" + twice + "{% endif %}"
    )
    encoder = encoder_of(write_tiny_base(tmp_path / "twice", template=opened))
    sample = replace(a_sample(1), prompt=({"role": "user", "content": "Review."},))
    assert encoder.tokenizer.decode(encoder.encode(sample).completion) == f"{SILENCE}<|end|>"


def test_a_template_that_thinks_before_it_answers_is_refused(tmp_path: Path) -> None:
    thinking = (
        "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"
        "{% if add_generation_prompt %}assistant: {% if enable_thinking %}<think>{% endif %}{% endif %}"
    )
    base = write_tiny_base(tmp_path / "thinking", template=thinking)
    assert encoder_of(base).encode(a_sample(1))
    table = settings(base)
    table["model"]["template_arguments"] = {"enable_thinking": True}
    encoder = load_encoder(parse_config(table, tmp_path), base)
    with pytest.raises(TrainingFailure, match=r"set model\.template_arguments"):
        encoder.encode(a_sample(1))


def test_a_base_without_chat_template_is_refused(tmp_path: Path) -> None:
    base = write_tiny_base(tmp_path / "bare", template=None)
    with pytest.raises(TrainingFailure, match="no chat template"):
        encoder_of(base)
