import { join } from 'node:path'
import { histories, readHistory, readSurroundings } from './histories.ts'
import { countLeaks, measureRetrieval, timeMemory } from './measure-retrieval.ts'
import { measureStyle } from './measure-style.ts'

/**
 * Measures memory and style of personas on real histories: `AI_REVIEW_DATA` names a directory with `review-bench/`.
 * Prints JSON.
 */
const data = process.env.AI_REVIEW_DATA
if (data === undefined) throw new Error('Set AI_REVIEW_DATA to a directory that holds review-bench/.')
const directory = join(data, 'review-bench')
const people = histories.map((name) => readHistory(directory, name))

for (const person of people) {
  const leaks = await countLeaks(person)
  const milliseconds = await timeMemory(person)
  const retrieval = await measureRetrieval(person, readSurroundings(directory, person))
  console.log(JSON.stringify({ person: person.name, leaks, milliseconds, ...retrieval }))
}
console.log(JSON.stringify({ style: measureStyle(people) }, null, 1))
