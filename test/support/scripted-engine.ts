import {
  type Completion,
  type CompletionRequest,
  type Engine,
  type EngineDescription,
  EngineError,
} from '../../runner/model-server/src/engine/engine.ts'

/** What the engine answers: a text, a whole completion, or an error to throw. */
export type Scripted = string | Completion | EngineError

interface ScriptedEngine extends Engine {
  /** Every completion that was asked for. */
  readonly asked: readonly CompletionRequest[]
}

interface ScriptedEngineOptions extends Partial<EngineDescription> {
  /** Time before each answer, in milliseconds; an abort ends it. */
  readonly delayMs?: number
}

const usage = { promptTokens: 100, cachedTokens: 0, completionTokens: 10 }

function waitFor(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(new EngineError('aborted', 'The call was cancelled.'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, delayMs)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
  })
}

/** A second implementation of the engine that answers what a test says; three bytes are a token. */
export function createScriptedEngine(
  answer: (request: CompletionRequest, call: number) => Scripted,
  { delayMs = 0, ...description }: ScriptedEngineOptions = {},
): ScriptedEngine {
  const asked: CompletionRequest[] = []
  return {
    asked,
    description: {
      model: 'scripted',
      modelHash: 'f'.repeat(64),
      contextTokens: 8192,
      parallel: 2,
      ...description,
    },
    complete: async (request) => {
      const call = asked.push(request)
      if (delayMs > 0) await waitFor(delayMs, request.signal)
      const scripted = answer(request, call)
      if (scripted instanceof EngineError) throw scripted
      return typeof scripted === 'string' ? { text: scripted, finish: 'stop', usage } : scripted
    },
    countTokens: async (messages) =>
      messages.reduce((sum, message) => sum + 4 + Math.ceil(Buffer.byteLength(message.content) / 3), 0),
    health: async () => ({ state: 'ready' }),
    [Symbol.asyncDispose]: async () => {},
  }
}

/** True for the question that tries to disprove a finding. */
export function asksForVerdict({ schema }: Pick<CompletionRequest, 'schema'>): boolean {
  return 'verdict' in (schema.properties as Record<string, unknown>)
}

/** Ids of the lines that a review question allows. */
export function lineIdsOf({ schema }: Pick<CompletionRequest, 'schema'>): readonly string[] {
  const { findings } = schema.properties as {
    findings: { items: { properties: { line: { enum: string[] } } } }
  }
  return findings.items.properties.line.enum
}

/** One finding as a model answers it. */
export function anAnsweredFinding(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    quote: 'const total = price',
    line: 'A2',
    firstLine: 'A2',
    body: 'The quantity is ignored, so every order costs the price of one piece.',
    title: 'Quantity is ignored',
    category: 'bug',
    severity: 'high',
    confidence: 'certain',
    fix: 'none',
    replacement: '',
    ...overrides,
  }
}

/** The text of an answer with these findings. */
export const answerWith = (...findings: readonly unknown[]): string => JSON.stringify({ findings })

/** The text of a verdict. */
export const verdictOf = (verdict: 'real' | 'wrong' | 'unsure'): string =>
  JSON.stringify({ reason: 'Because.', verdict })
