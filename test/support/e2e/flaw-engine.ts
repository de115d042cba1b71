import { categories, severities } from '@ai-review/protocol/finding'
import { seededNumbers } from '../../../runner/model-server/src/personas/gate/seeded-numbers.ts'
import { type OpenAiServer, type SeenCompletion, startOpenAiServer } from '../openai-engine.ts'

/**
 * How the model answers. `steady` finds every flaw it is shown, `silent` none; `flaky` leaves out about every other one,
 * by chance; `broken` answers with what no schema allows. Whatever is found keeps its category and severity, and is worded
 * in another way each time.
 */
export type Mood = 'steady' | 'silent' | 'flaky' | 'broken'

/** What the model was asked since `forget`: reviews only, without its second thoughts. */
export interface Asked {
  readonly calls: number
  /** Lines that it could have flagged, each as `path: text`. */
  readonly lines: readonly string[]
  /** Texts of the lines that it flagged. */
  readonly flagged: ReadonlySet<string>
}

/** The model as one pull request meets it. */
export interface Mind {
  mood: Mood
  /** Run before each answer, so that something can happen while the model thinks. */
  onAsked: (() => void) | null
  readonly asked: () => Asked
  readonly forget: () => void
}

export interface FlawEngine extends Mind, AsyncDisposable {
  /** Settings of a model server that uses this model. */
  readonly env: Readonly<Record<string, string>>
  /** Another mind for the pull requests whose guidelines hold `mindMark(name)`: several can then be reviewed at once. */
  readonly mindOf: (name: string) => Mind
}

/** A sentence for a guideline, by which the model knows whose question it is. */
export function mindMark(name: string): string {
  return `Reviewed by mind ${name}.`
}

/** A comment that makes it a flaw to add its line, in the eyes of the model; several may stand on one line. */
export function flaw(severity: (typeof severities)[number], category: (typeof categories)[number]): string {
  return `FLAW:${severity}:${category}`
}

/** A comment that makes it a flaw to delete its line. */
export function guard(severity: (typeof severities)[number], category: (typeof categories)[number]): string {
  return `GUARD:${severity}:${category}`
}

const grades = `:(${severities.join('|')}):(${categories.join('|')})`
const patterns = { '+': new RegExp(`FLAW${grades}`, 'g'), '-': new RegExp(`GUARD${grades}`, 'g') } as const
const shownPattern =
  /^(?:File [A-Z]+: (?<path>.*) \([^()]*\)|(?<id>[A-Z]+-?\d+)\|(?<sign>[+\- ]) (?<text>.*))$/gm

interface ShownLine {
  readonly path: string
  readonly id: string
  readonly sign: string
  readonly text: string
}

function shownLines(prompt: string): ShownLine[] {
  let path = ''
  return [...prompt.matchAll(shownPattern)].flatMap(({ groups = {} }) => {
    if (groups.path !== undefined) {
      path = JSON.parse(groups.path)
      return []
    }
    const { id = '', sign = '', text = '' } = groups
    return [{ path, id, sign, text }]
  })
}

function gradesIn(sign: string, text: string): { severity: string; category: string }[] {
  if (sign !== '+' && sign !== '-') return []
  return [...text.matchAll(patterns[sign])].map(([, severity = '', category = '']) => ({
    severity,
    category,
  }))
}

const openings = [
  'Careful',
  'Wrong',
  'Broken',
  'Doubtful',
  'Surprising',
  'Fragile',
  'Hasty',
  'Unsound',
] as const
const subjects = ['result', 'order', 'state', 'bound', 'value', 'return', 'branch', 'order of calls'] as const
const endings = [
  'It fails on the second call.',
  'Nobody handles the empty case.',
  'The caller gets another value than it asked for.',
  'Two of these at once disturb each other.',
  'It holds only as long as nothing else changes.',
] as const

interface Thinking extends Mind {
  readonly answerTo: (completion: SeenCompletion) => string
}

function newMind(seed: number): Thinking {
  const random = seededNumbers(seed)
  const pick = <T>(words: readonly T[]): T => words[Math.floor(random() * words.length)] as T
  let calls = 0
  let lines: string[] = []
  let flagged = new Set<string>()

  const findingsIn = (prompt: string, most: number): unknown[] => {
    const shown = shownLines(prompt)
    calls += 1
    lines.push(...shown.map(({ path, text }) => `${path}: ${text}`))
    if (mind.mood === 'silent') return []
    return shown
      .flatMap(({ id, sign, text }) => gradesIn(sign, text).map((grade) => ({ id, text, ...grade })))
      .filter(() => mind.mood === 'steady' || random() < 0.5)
      .slice(0, most)
      .map(({ id, text, severity, category }) => {
        flagged.add(text)
        return {
          quote: text.slice(0, 150),
          line: id,
          firstLine: id,
          body: `${pick(openings)}: the ${pick(subjects)} is not what it seems (${random().toFixed(6)}). ${pick(endings)}`,
          title: `${pick(openings)} ${pick(subjects)} ${Math.floor(random() * 1e6)}`,
          category,
          severity,
          confidence: 'certain',
          fix: 'none',
          replacement: '',
        }
      })
  }

  const mind: Thinking = {
    mood: 'steady',
    onAsked: null,
    asked: () => ({ calls, lines, flagged }),
    forget: () => {
      calls = 0
      lines = []
      flagged = new Set()
    },
    answerTo: ({ messages, response_format }) => {
      const { schema } = response_format.json_schema
      const properties = Object.keys((schema.properties ?? {}) as object)
      if (properties.includes('findings')) {
        mind.onAsked?.()
        if (mind.mood === 'broken') return 'I would rather not.'
        return JSON.stringify({ findings: findingsIn(promptOf(messages), mostFindings(schema)) })
      }
      if (properties.includes('verdict'))
        return JSON.stringify({ reason: 'The flaw is there.', verdict: 'real' })
      return JSON.stringify(
        Object.fromEntries(properties.map((name) => [name, `${pick(openings)}, and ${pick(subjects)}.`])),
      )
    },
  }
  return mind
}

/** As many as the schema lets an engine decode. */
function mostFindings(schema: Readonly<Record<string, unknown>>): number {
  const { findings } = schema.properties as { findings?: { maxItems?: number } }
  return findings?.maxItems ?? Number.MAX_SAFE_INTEGER
}

function promptOf(messages: SeenCompletion['messages']): string {
  return messages.map(({ content }) => content).join('\n')
}

/** A model server's model that flags the lines holding `flaw(…)`, and counts what it was shown. */
export async function startFlawEngine(seed = 1): Promise<FlawEngine> {
  const minds = new Map<string, Thinking>()
  const mindOf = (name: string): Thinking => {
    const known = minds.get(name) ?? newMind(seed + minds.size)
    minds.set(name, known)
    return known
  }
  const server: OpenAiServer = await startOpenAiServer({
    script: (completion) => {
      const name = /Reviewed by mind (\w+)\./.exec(promptOf(completion.messages))?.[1] ?? ''
      return { kind: 'answer', text: mindOf(name).answerTo(completion) }
    },
    maxModelLength: 32_768,
  })
  return Object.assign(mindOf(''), {
    env: { ENGINE: 'openai', OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_MODEL: 'scripted' },
    mindOf,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  })
}
