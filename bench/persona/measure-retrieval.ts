import type { PastComment } from '@ai-review/protocol/persona'
import { createMemory } from '../../runner/model-server/src/personas/retrieval/memory.ts'
import type { PersonaMemory, Place } from '../../runner/model-server/src/personas/voice.ts'
import { codeOf, type History, type Surroundings } from './histories.ts'

const repositoryId = 1
/** Places of each kind. */
const sampleSize = 400
/** Size at which the time of a query is measured. */
const largest = 5000

function sample<Value>(values: readonly Value[], most = sampleSize): Value[] {
  const step = Math.max(1, Math.floor(values.length / most))
  return values.filter((_, index) => index % step === 0).slice(0, most)
}

type Asked = Omit<Place, 'repositoryId'>

async function nearestOf(memory: PersonaMemory, places: readonly Asked[]): Promise<number[]> {
  const near = await Promise.all(places.map((place) => memory.near({ repositoryId, ...place }, 1)))
  return near.map(([first]) => first?.nearness ?? 0)
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** Chance that one of `own` is nearer than one of `other`: the area under the curve of hits over false alarms. */
function areaUnder(own: readonly number[], other: readonly number[]): number {
  const wins = own.flatMap((a) => other.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)))
  return rounded(wins.reduce((sum, win) => sum + win, 0) / Math.max(1, wins.length))
}

const thresholds = [0.18, 0.2, 0.22, 0.25, 0.28, 0.3, 0.33, 0.36, 0.4]

/** Shares that are near at each threshold. */
function curveOf(own: readonly number[], other: readonly number[]) {
  const share = (values: readonly number[], at: number) =>
    rounded(values.filter((value) => value >= at).length / Math.max(1, values.length))
  return thresholds.map((at) => ({ threshold: at, own: share(own, at), other: share(other, at) }))
}

const placeOf = (comment: PastComment): Asked => ({
  pullRequest: comment.pullRequest,
  path: comment.path,
  code: codeOf(comment),
})

/** Neighbours of every comment that come from its own pull request, in a memory that holds it: there may be none. */
export async function countLeaks({ past, later }: History): Promise<{ asked: number; leaks: number }> {
  const memory = await createMemory([...past, ...later], {
    repositoryId,
    thresholds: { silent: 0, spoken: 0 },
  })
  let leaks = 0
  const asked = sample([...past, ...later], 1000)
  for (const comment of asked) {
    for (const place of [placeOf(comment), { ...placeOf(comment), remark: comment.body }]) {
      const near = await memory.near({ repositoryId, ...place }, 10)
      leaks += near.filter((one) => one.comment.pullRequest === comment.pullRequest).length
    }
  }
  return { asked: asked.length * 2, leaks }
}

/** Milliseconds to index and to ask 5,000 comments of this person; a smaller history is repeated. */
export async function timeMemory({ past, later }: History): Promise<{ build: number; query: number }> {
  const many = Array.from({ length: largest }, (_, index) => past[index % past.length]).filter(
    (comment) => comment !== undefined,
  )
  const started = performance.now()
  const memory = await createMemory(many, { repositoryId })
  const built = performance.now()
  const places = sample(later, 200).map(placeOf)
  for (const place of places) await memory.near({ repositoryId, ...place }, 4)
  const query = (performance.now() - built) / Math.max(1, places.length)
  return { build: rounded(built - started), query: rounded(query) }
}

/**
 * How much nearer the past of a person is to places that they commented later than to others of the same repository, and
 * to what they said there than to what colleagues said.
 */
export async function measureRetrieval(history: History, { places, remarks }: Surroundings) {
  const memory = await createMemory(history.past, { repositoryId, thresholds: { silent: 0, spoken: 0 } })
  const later = sample(history.later)
  const foreign = sample(places)
  const said = later.map((comment) => ({ ...placeOf(comment), remark: comment.body }))
  const saidByOthers = later.map((comment, index) => ({
    ...placeOf(comment),
    remark: remarks[(index * 31) % Math.max(1, remarks.length)] ?? '',
  }))
  const silent = {
    own: await nearestOf(memory, later.map(placeOf)),
    other: await nearestOf(memory, foreign),
  }
  const spoken = {
    own: await nearestOf(memory, said),
    other: await nearestOf(memory, saidByOthers),
  }
  const usual = await createMemory(history.past, { repositoryId })
  const hits = async (asked: readonly Asked[]) =>
    rounded((await nearestOf(usual, asked)).filter((one) => one > 0).length / Math.max(1, asked.length))
  return {
    comments: history.past.length,
    places: {
      area: areaUnder(silent.own, silent.other),
      near: { own: await hits(later.map(placeOf)), other: await hits(foreign) },
      curve: curveOf(silent.own, silent.other),
    },
    remarks: {
      area: areaUnder(spoken.own, spoken.other),
      near: { own: await hits(said), other: await hits(saidByOthers) },
      curve: curveOf(spoken.own, spoken.other),
    },
  }
}
