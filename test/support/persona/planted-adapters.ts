import type {
  GateAnswer,
  GateCase,
  GateInput,
} from '../../../runner/model-server/src/personas/gate/gate-contract.ts'

const topics = ['null check', 'retry', 'lock order', 'unit', 'naming', 'overflow', 'log level', 'timeout']
const topicOf = (index: number): string => topics[index % topics.length] ?? ''

/** How the planted person writes: short, lower case, a question. */
export const inStyle = (index: number): string =>
  `nit: hmm, what about the ${topicOf(index)} here? (${index})`
/** How everybody else writes. */
const plainly = (index: number): string =>
  `Please consider to change this line, because the ${topicOf(index + 3)} of part ${index} could be improved.`

const say = (line: number, body: string): GateAnswer => ({
  isValid: true,
  remarks: [{ line, body, hasBasis: true }],
})
export const silent: GateAnswer = { isValid: true, remarks: [] }

/** What the base model with retrieval says: it speaks on two of three hunks, plainly, and not quite at the place. */
function baseAnswer(index: number): GateAnswer {
  return index % 3 === 0 ? silent : say(10 + (index % 7), plainly(index))
}

/** 40 comments and 40 silences on 20 pull requests, with the answers that `adapter` gives. */
export function plantedInput(
  adapter: (one: {
    readonly index: number
    readonly isSpoken: boolean
    readonly base: GateAnswer
  }) => GateAnswer,
  likelihood: (index: number) => number = () => 0.3,
): GateInput {
  const cases: GateCase[] = Array.from({ length: 80 }, (_, index) => {
    const isSpoken = index < 40
    const base = baseAnswer(index)
    return {
      id: `${isSpoken ? 'c' : 's'}${index}`,
      pullRequest: 500 + Math.floor(index / 4),
      truth: isSpoken ? { line: 10, body: inStyle(index) } : null,
      base,
      adapter: adapter({ index, isSpoken, base }),
    }
  })
  return {
    cases,
    likelihoods: cases
      .filter(({ truth }) => truth !== null)
      .map(({ id, pullRequest }, index) => ({
        id,
        pullRequest,
        tokens: 20,
        base: -40,
        adapter: -40 + 20 * likelihood(index),
      })),
    own: Array.from({ length: 120 }, (_, index) => inStyle(index + 200)),
    others: Array.from({ length: 120 }, (_, index) => plainly(index + 200)),
  }
}
