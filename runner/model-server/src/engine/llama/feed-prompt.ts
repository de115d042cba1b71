import type { LlamaContextSequence, Token } from 'node-llama-cpp'

/** Tokens evaluated between two looks at the signal. Shared by the calls of one model, since they share its speed. */
export interface Pace {
  chunkTokens: number
}

const smallestChunk = 16
const largestChunk = 256
/** llama.cpp cannot be stopped inside a chunk, so a chunk must take well less than the 200 ms an abort may take. */
const longestChunkMs = 80

export const firstPace = (): Pace => ({ chunkTokens: 32 })

/**
 * Brings the sequence to hold exactly `tokens`, evaluating only what differs from what it holds, in chunks between
 * which other sequences get their turn. Returns how many tokens it already held. Throws the signal's reason.
 */
export async function feedPrompt(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  { pace, signal, onProgress }: { pace: Pace; signal: AbortSignal; onProgress: () => void },
): Promise<number> {
  await keepCommonPrefix(sequence, tokens)
  const held = sequence.nextTokenIndex
  while (sequence.nextTokenIndex < tokens.length) {
    signal.throwIfAborted()
    const chunk = tokens.slice(sequence.nextTokenIndex, sequence.nextTokenIndex + pace.chunkTokens)
    const start = performance.now()
    await sequence.evaluateWithoutGeneratingNewTokens([...chunk])
    if (chunk.length === pace.chunkTokens) adapt(pace, performance.now() - start)
    onProgress()
  }
  signal.throwIfAborted()
  return held
}

async function keepCommonPrefix(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<void> {
  const { firstDifferentIndex } = sequence.compareContextTokens([...tokens])
  // Recurrent models cannot drop their last tokens: they go back to a checkpoint and read on from there in one piece,
  // which no signal stops. Beyond a chunk it is better to start anew.
  const rereads = sequence.needsCheckpoints && firstDifferentIndex < sequence.nextTokenIndex
  if (rereads && sequence.getRestoreToPrefixIndexEvaluationSize(firstDifferentIndex - 1) > largestChunk) {
    await sequence.clearHistory()
    return
  }
  await sequence.adaptStateToTokens([...tokens], false)
}

function adapt(pace: Pace, tookMs: number): void {
  if (tookMs > longestChunkMs) pace.chunkTokens = Math.max(smallestChunk, Math.floor(pace.chunkTokens / 2))
  else if (tookMs < longestChunkMs / 2) pace.chunkTokens = Math.min(largestChunk, pace.chunkTokens * 2)
}
