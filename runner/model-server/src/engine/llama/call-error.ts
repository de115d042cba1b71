import type { EngineErrorCode } from '../engine.ts'

/** A call cannot be answered. The message is a sentence of ours: it quotes no prompt, no answer and no file. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly code: Exclude<EngineErrorCode, 'crashed'>
  constructor(code: CallError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The reason with which a call's signal fires. */
export const aborted = new CallError('aborted', 'The call was cancelled.')
