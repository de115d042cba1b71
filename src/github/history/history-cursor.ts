import { personaLimits } from '@ai-review/protocol/persona'
import { z } from 'zod'
import { Sha } from '../client/github-objects.ts'
import { perPage } from '../client/pages-of.ts'
import { longestEtag } from './comment-pages.ts'

const When = z.iso.datetime()
const Count = z.int().min(0).max(10_000_000)
const longestSpoken = 40
const cursorVersion = 2

/** A pull request that the person commented on and that older comments may still belong to. */
const SeenPull = z.strictObject({
  number: z.int().min(1),
  /** The last commit that they commented on, and when. */
  commit: Sha,
  at: When,
  /** Names of the places where they said something. */
  spoken: z.array(z.string().regex(/^[0-9a-f]{12}$/)).max(longestSpoken),
})
export type SeenPull = z.infer<typeof SeenPull>

const Cursor = z.strictObject({
  version: z.literal(cursorVersion),
  person: z.int().min(1),
  isDone: z.boolean(),
  /** The page that is read next. */
  page: z.int().min(1).max(100_000),
  /** Of the page that was read last: when its newest comment was written, null at the start; all its numbers; its name. */
  at: When.nullable(),
  ids: z.array(z.int().min(1)).max(perPage),
  etag: z.string().max(longestEtag).nullable(),
  /** Pull requests that were met, ascending, as differences in base 36. */
  met: z
    .string()
    .max(16_000)
    .regex(/^[0-9a-z ]*$/),
  comments: Count,
  colleagues: Count,
  silences: Count,
  seen: z.array(SeenPull).max(1000),
})

/** How far a history was read. */
export interface HistoryPosition extends Omit<z.infer<typeof Cursor>, 'met' | 'version'> {
  readonly met: ReadonlySet<number>
}

/** Before anything was read. */
function firstPosition(person: number): HistoryPosition {
  return {
    person,
    isDone: false,
    page: 1,
    at: null,
    ids: [],
    etag: null,
    met: new Set(),
    comments: 0,
    colleagues: 0,
    silences: 0,
    seen: [],
  }
}

/**
 * A position as text of at most 32,768 characters. What does not fit is pull requests that may still be commented, those
 * met first: their silences are not counted.
 */
export function formatCursor({ met, seen, ...position }: HistoryPosition): string {
  const bounded = seen.filter(({ spoken }) => spoken.length <= longestSpoken).slice(-1000)
  const write = (kept: readonly SeenPull[]) =>
    JSON.stringify({
      version: cursorVersion,
      ...position,
      met: packed(met),
      seen: kept,
    })
  let text = write(bounded)
  for (let kept = bounded; text.length > personaLimits.cursor && kept.length > 0; ) {
    kept = kept.slice(Math.ceil(kept.length / 10))
    text = write(kept)
  }
  return text
}

/** The position that a cursor tells; the first one for a text that is no cursor of ours, or another person's. */
export function parseCursor(text: string, person: number): HistoryPosition {
  const cursor = Cursor.safeParse(json(text))
  const met = cursor.success ? unpacked(cursor.data.met) : null
  if (!cursor.success || met === null || cursor.data.person !== person) return firstPosition(person)
  const { version: _, ...position } = cursor.data
  return { ...position, met }
}

function json(text: string): unknown {
  if (text.length > personaLimits.cursor) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function packed(numbers: ReadonlySet<number>): string {
  let last = 0
  const steps = [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const step = number - last
      last = number
      return step.toString(36)
    })
  return steps.join(' ')
}

function unpacked(text: string): ReadonlySet<number> | null {
  const numbers = new Set<number>()
  let last = 0
  for (const step of text === '' ? [] : text.split(' ')) {
    const more = Number.parseInt(step, 36)
    last += more
    if (!(more > 0) || !Number.isSafeInteger(last)) return null
    numbers.add(last)
  }
  return numbers.size > personaLimits.pullRequests ? null : numbers
}
