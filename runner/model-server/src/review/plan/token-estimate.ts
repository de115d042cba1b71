/** A quick guess at the tokens of a text, on the safe side. */
export type TokenEstimate = (text: string) => number

/** Bytes per token of real tokenizers on code; a byte-level one has 1. */
const bytesPerTokenRange = { least: 0.9, most: 4.5 } as const

/** Factor by which a guess is raised: text differs from the sample it was calibrated on. */
const safety = 1.1

/** An estimate from the exact count of a sample of the very text to come, so that few batches need a second cut. */
export function calibrateEstimate(sample: string, sampleTokens: number): TokenEstimate {
  const measured = Buffer.byteLength(sample) / Math.max(1, sampleTokens)
  const bytesPerToken = Math.min(Math.max(measured, bytesPerTokenRange.least), bytesPerTokenRange.most)
  return (text) => Math.ceil((Buffer.byteLength(text) / bytesPerToken) * safety)
}
