import type { Message } from '../../engine/engine.ts'

/** A quick guess at the tokens of a text, on the safe side. */
export type TokenEstimate = (text: string) => number

/** Bytes per token of real tokenizers on code; a byte-level one has 1. */
const bytesPerTokenRange = { least: 0.9, most: 4.5 } as const

/** Share by which a guess is raised: text differs from the sample it was calibrated on. */
const safety = 1.1

/** Bytes of the change that the calibration looks at. */
const sampleLength = 4000

/**
 * An estimate calibrated by one exact count over a sample of the very text to come, so that most batches
 * need no second cut. Errors of `countTokens` pass through.
 */
export async function calibrateEstimate(
  text: string,
  countTokens: (messages: readonly Message[]) => Promise<number>,
): Promise<TokenEstimate> {
  const sample = text.slice(0, sampleLength).toWellFormed()
  const tokens = await countTokens([{ role: 'user', content: sample }])
  const measured = Buffer.byteLength(sample) / Math.max(1, tokens)
  const bytesPerToken = Math.min(Math.max(measured, bytesPerTokenRange.least), bytesPerTokenRange.most)
  return (other) => Math.ceil((Buffer.byteLength(other) / bytesPerToken) * safety)
}
