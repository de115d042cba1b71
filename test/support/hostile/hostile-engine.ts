import { type ModelServerProcess, startModelServer, withoutDatabase } from '../model-server.ts'
import { type OpenAiServer, type SeenCompletion, startOpenAiServer } from '../openai-engine.ts'
import { canary } from './hostile-set.ts'

/** A real model server whose model answers hostile texts, one after the other, in every field that it may fill. */
export interface HostileModel extends AsyncDisposable {
  readonly server: ModelServerProcess
  /** What the model says from now on, again and again. */
  readonly say: (texts: readonly string[]) => void
  /** Texts that were said since `say`, each once. */
  readonly said: () => ReadonlySet<string>
}

const shownLine = /^(?<id>[A-Z]+-?\d+)\|\+ (?<text>.*\S.*)$/gm
/** The server takes so many of one answer. */
const mostFindings = 5

export async function startHostileModel(): Promise<HostileModel> {
  let texts: readonly string[] = []
  let said = new Set<string>()
  let turn = 0
  const next = (): string => {
    const text = texts[turn++ % texts.length] ?? ''
    said.add(text)
    return text
  }
  const engine: OpenAiServer = await startOpenAiServer({
    // A small context makes small questions, and the more answers.
    maxModelLength: 3072,
    script: (completion) => ({ kind: 'answer', text: answerTo(completion, next) }),
  })
  const server = await startModelServer({
    env: {
      ...withoutDatabase.env,
      ENGINE: 'openai',
      OPENAI_BASE_URL: `${engine.url}/v1`,
      OPENAI_MODEL: 'scripted',
      CACHE_HOURS: '0',
    },
  })
  return {
    server,
    say: (wanted) => {
      texts = wanted
      said = new Set()
      turn = 0
    },
    said: () => said,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await engine[Symbol.asyncDispose]()
    },
  }
}

function answerTo({ messages, response_format }: SeenCompletion, next: () => string): string {
  const properties = Object.keys((response_format.json_schema.schema.properties ?? {}) as object)
  if (properties.includes('verdict')) return JSON.stringify({ reason: canary, verdict: 'real' })
  if (!properties.includes('findings')) return JSON.stringify({ answer: `${next()}\n${canary}` })
  const prompt = messages.map(({ content }) => content).join('\n')
  const lines = [...prompt.matchAll(shownLine)].slice(0, mostFindings)
  return JSON.stringify({ findings: lines.map(({ groups = {} }) => findingOn(groups, next)) })
}

function findingOn({ id = '', text = '' }: Readonly<Record<string, string>>, next: () => string): object {
  const title = next()
  return {
    quote: text.slice(0, 100),
    line: id,
    firstLine: id,
    body: `${next()}\n${canary}`,
    title: `${title.slice(0, 80)} ${canary}`,
    category: 'bug',
    severity: 'high',
    confidence: 'certain',
    fix: 'replace',
    replacement: title,
  }
}
