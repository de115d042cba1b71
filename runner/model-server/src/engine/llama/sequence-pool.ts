import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp'

interface Waiting {
  readonly priority: number
  readonly take: (sequence: LlamaContextSequence) => void
}

/** The sequences of one context, each lent to one call at a time. */
export interface SequencePool {
  /**
   * A free sequence, the one whose state begins most like the prompt; else waits, lowest priority number first.
   * Rejects with the signal's reason.
   */
  take(wish: {
    prompt: readonly Token[]
    priority: number
    signal: AbortSignal
  }): Promise<LlamaContextSequence>
  giveBack(sequence: LlamaContextSequence): void
}

export function sequencePool(context: LlamaContext): SequencePool {
  const free = Array.from({ length: context.totalSequences }, () => context.getSequence())
  const waiting: Waiting[] = []

  return {
    async take({ prompt, priority, signal }) {
      signal.throwIfAborted()
      const best = closest(free, prompt)
      if (best !== undefined) {
        free.splice(free.indexOf(best), 1)
        return best
      }
      return await new Promise((resolve, reject) => {
        const leave = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          reject(signal.reason)
        }
        const entry: Waiting = {
          priority,
          take(sequence) {
            signal.removeEventListener('abort', leave)
            resolve(sequence)
          },
        }
        signal.addEventListener('abort', leave, { once: true })
        // Behind those of the same priority: first come, first served.
        const behind = waiting.findIndex((other) => other.priority > priority)
        waiting.splice(behind === -1 ? waiting.length : behind, 0, entry)
      })
    },
    giveBack(sequence) {
      const next = waiting.shift()
      if (next === undefined) free.push(sequence)
      else next.take(sequence)
    },
  }
}

function closest(
  sequences: readonly LlamaContextSequence[],
  prompt: readonly Token[],
): LlamaContextSequence | undefined {
  let best: LlamaContextSequence | undefined
  let longest = -1
  for (const sequence of sequences) {
    const shared = sequence.compareContextTokens([...prompt]).firstDifferentIndex
    // Of equals the emptier one, so that a prefix of another prompt stays for that one.
    const emptier = shared === longest && best !== undefined && sequence.nextTokenIndex < best.nextTokenIndex
    if (shared > longest || emptier) {
      best = sequence
      longest = shared
    }
  }
  return best
}
