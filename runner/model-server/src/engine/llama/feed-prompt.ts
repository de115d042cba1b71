import type { LlamaContextSequence, Token } from 'node-llama-cpp'

/** The fastest reading seen lately. Shared by the calls of one model, since they share its speed. */
interface Pace {
  msPerToken: number
}

const smallestChunk = 16
const largestChunk = 256
/** llama.cpp cannot be stopped inside a chunk, so a chunk must take well less than the 200 ms an abort may take. */
const chunkMs = 80
/** How fast a pace that is no longer reached is forgotten, per chunk. */
const forgetting = 1.2

export const firstPace = (): Pace => ({ msPerToken: chunkMs / smallestChunk })

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
    const chunk = tokens.slice(sequence.nextTokenIndex, sequence.nextTokenIndex + chunkTokens(pace))
    const start = performance.now()
    await sequence.evaluateWithoutGeneratingNewTokens([...chunk])
    if (chunk.length >= smallestChunk) adapt(pace, (performance.now() - start) / chunk.length)
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

function chunkTokens(pace: Pace): number {
  return Math.max(smallestChunk, Math.min(largestChunk, Math.floor(chunkMs / pace.msPerToken)))
}

/** Takes the best of late, not the last: on a busy machine any chunk may wait, and a smaller one waits as long. */
function adapt(pace: Pace, msPerToken: number): void {
  pace.msPerToken = Math.min(msPerToken, pace.msPerToken * forgetting)
}
