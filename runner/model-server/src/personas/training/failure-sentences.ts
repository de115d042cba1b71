import type { TrainerEnd } from './run-trainer.ts'

type FailureCode =
  | Extract<TrainerEnd, { kind: 'failed' }>['code']
  | 'bad-files'
  | 'too-few'
  | 'no-judging'
  | 'server'

/** What people are told of a training that failed: sentences of ours only, as a trainer's own may quote samples. */
export const failureSentences: Readonly<Record<FailureCode, string>> = {
  'bad-config': 'The trainer refused its settings: check TRAINER_CONFIG against docs/training.md.',
  'bad-samples': 'The trainer could not use the samples: collect the history again with --force-reload.',
  'no-base-model':
    'The trainer found no base weights: TRAINER_BASE_MODEL must name a directory, or a hub model in its cache.',
  'out-of-memory':
    'The trainer ran out of memory even with one sample at a time: lower train.max_length, or quantize the base.',
  internal: 'The trainer failed: run its command by hand on the server to see why.',
  'no-program': 'The trainer could not be started: check TRAINER_COMMAND, or install runner/trainer.',
  'no-word': 'The trainer ended without a word: run its command by hand on the server to see why.',
  silent:
    'The trainer told of no progress for hours and was ended: run its command by hand on the server to see why.',
  'bad-files':
    'What the trainer has made is no adapter that this server takes: its files are not as they must be.',
  'too-few': 'There are too few past comments to train on.',
  'no-judging':
    'There are too few late comments, or hunks that the person left alone, to judge an adapter by: collect the history again with --force-reload.',
  server: 'The server could not carry the training out: look into its log.',
}
