import type { Severity } from '@ai-review/protocol/finding'
import type { HiddenKind } from './hidden-characters.ts'

interface Wording {
  readonly title: string
  readonly severity: Severity
  readonly confidence: number
  readonly why: string
}

/** What is told of each kind, most dangerous first: a line with several kinds is reported as the first of them. */
export const wordings: Readonly<Record<HiddenKind, Wording>> = {
  reordering: {
    title: 'Hidden characters change the order in which this line is read',
    severity: 'critical',
    confidence: 0.95,
    why: 'What a person sees here is not what the computer reads: code can pose as a comment, and the other way round.',
  },
  smuggled: {
    title: 'Hidden characters carry text that nobody sees',
    severity: 'high',
    confidence: 0.95,
    why: 'Such characters can carry whole sentences to a program, or to a model that reads the code.',
  },
  lookalike: {
    title: 'A name holds a letter of another alphabet that looks the same',
    severity: 'high',
    confidence: 0.85,
    why: 'The name is not the one it seems to be, so it can stand beside its twin and mean something else.',
  },
  invisible: {
    title: 'Hidden characters make texts differ that look the same',
    severity: 'medium',
    confidence: 0.85,
    why: 'Names, keys and comparisons with them fail although they look right.',
  },
  control: {
    title: 'Hidden control characters',
    severity: 'medium',
    confidence: 0.8,
    why: 'A terminal or an editor may act on them instead of showing them, and hide part of the line.',
  },
}
