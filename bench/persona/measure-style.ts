import type { StyleProfile } from '@ai-review/protocol/persona'
import { profileOf } from '../../runner/model-server/src/personas/style/style-profile.ts'
import type { History } from './histories.ts'

/** Comments in a row by which a person is to be known. */
const windowSize = 20

type Features = readonly number[]

function windowsOf(history: readonly { readonly body: string }[]): string[][] {
  const bodies = history.map(({ body }) => body)
  return Array.from({ length: Math.floor(bodies.length / windowSize) }, (_, index) =>
    bodies.slice(index * windowSize, (index + 1) * windowSize),
  )
}

function measuresOf(style: StyleProfile): number[] {
  const { questions, nits, lowerCaseStart, code, please, hedges, suggestions } = style
  const lengths = [style.medianWords, style.longWords].map((words) => Math.log(1 + words))
  return [...lengths, questions, nits, lowerCaseStart, code, please, hedges, suggestions]
}

/** Share of comments with one of a person's telling words. */
function shareWith(window: readonly string[], words: readonly string[]): number {
  const found = (body: string) => words.some((word) => ` ${body.toLowerCase()} `.includes(` ${word} `))
  return window.filter(found).length / window.length
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

const column = (rows: readonly Features[], at: number): number[] => rows.map((row) => row[at] ?? 0)

interface Person {
  readonly name: string
  readonly past: readonly Features[]
  readonly later: readonly Features[]
}

/** Distance to the middle of a person's past windows, each measure in deviations. */
function nearestPerson(features: Features, people: readonly Person[], deviations: Features): string {
  const distance = ({ past }: Person) =>
    features.reduce(
      (sum, value, at) => sum + ((value - mean(column(past, at))) / (deviations[at] ?? 1)) ** 2,
      0,
    )
  return people.toSorted((a, b) => distance(a) - distance(b))[0]?.name ?? ''
}

/** How often windows of later comments are taken for the person who wrote them, each person counting the same. */
export function measureStyle(histories: readonly History[]) {
  const styles = histories.map(({ name, past }) => {
    const others = histories
      .filter((one) => one.name !== name)
      .flatMap((one) => one.past.map(({ body }) => body))
    return profileOf(
      past.map(({ body }) => body),
      others,
    )
  })
  const featuresOf = (window: readonly string[]): number[] => [
    ...measuresOf(profileOf(window, [])),
    ...styles.map(({ words }) => shareWith(window, words)),
  ]
  const people = histories.map(({ name, past, later }) => ({
    name,
    past: windowsOf(past).map(featuresOf),
    later: windowsOf(later).map(featuresOf),
  }))
  const count = people[0]?.past[0]?.length ?? 0
  const deviations = Array.from({ length: count }, (_, at) => {
    const within = people.flatMap(({ past }) => {
      const middle = mean(column(past, at))
      return column(past, at).map((value) => (value - middle) ** 2)
    })
    return Math.sqrt(mean(within)) || 1
  })
  const perPerson = people.map(({ name, later }) => {
    const right = later.filter((features) => nearestPerson(features, people, deviations) === name)
    return { name, windows: later.length, accuracy: right.length / Math.max(1, later.length) }
  })
  return {
    windowSize,
    accuracy: mean(perPerson.map(({ accuracy }) => accuracy)),
    perPerson,
    styles: histories.map(({ name }, index) => ({ name, style: styles[index] })),
  }
}
