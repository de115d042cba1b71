import type { Engine } from '../../engine/engine.ts'
import { type RunTrainerOptions, runTrainer, type TrainerEnd } from './run-trainer.ts'
import type { Turns } from './turns.ts'

export interface TurnTaking {
  readonly turns: Turns
  /** The engine itself, which gives its memory back while the trainer has its turn. */
  readonly engine: Engine
  /** Milliseconds without a question before the trainer goes on. */
  readonly idleMs: number
}

/**
 * Runs the trainer whenever no review is there. A question to the model stops it, and the engine has its memory back
 * before the question is answered; the trainer goes on from its checkpoint once it is quiet again.
 */
export async function trainInTurns(
  options: RunTrainerOptions & { readonly onWait: () => void },
  { turns, engine, idleMs }: TurnTaking,
): Promise<TrainerEnd> {
  const { signal } = options
  for (;;) {
    options.onWait()
    try {
      await turns.untilIdle(idleMs, signal)
    } catch {
      return { kind: 'stopped' }
    }
    const asked = new AbortController()
    const stopListening = turns.onAsked(() => asked.abort())
    const resume = await engine.rest?.()
    try {
      const end = await runTrainer({ ...options, signal: AbortSignal.any([signal, asked.signal]) })
      if (end.kind !== 'stopped' || signal.aborted) return end
    } finally {
      stopListening()
      await resume?.()
    }
  }
}
