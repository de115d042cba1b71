import { readBlobs } from '../change/local-blobs.ts'
import { decodeText } from '../change/read-blob.ts'
import type { Git } from '../change/run-git.ts'
import { nameOf, type PlacedTexts, type TextPlace } from './query-texts.ts'

/** A file beyond this is not looked at. */
const mostBytes = 512_000
const commitName = /^[0-9a-f]{40}([0-9a-f]{24})?$/
/** Git reads a name to the end of the line, and takes these for paths relative to a working tree. */
const unaskable = /[\r\n\0\uFFFD]|^\.{0,2}\//

/** Texts at commits that the checkout holds, by three runs of git for all of them; other commits' are absent. */
export async function readLocalTexts(git: Git, places: readonly TextPlace[]): Promise<PlacedTexts> {
  const texts: PlacedTexts = new Map()
  const asked = places.filter(({ commit, path }) => commitName.test(commit) && !unaskable.test(path))
  const questions = asked.flatMap((place) => [`${place.commit}^{commit}`, nameOf(place)])
  if (questions.length === 0) return texts
  const answer = await git(['cat-file', '--batch-check'], questions.map((line) => `${line}\n`).join(''))
  const found = entriesIn(answer?.toString('utf8') ?? '', asked)
  const contents = await readBlobs(
    git,
    [...found.values()].filter((blob) => blob !== null),
    mostBytes,
  )
  for (const [name, blob] of found) {
    const bytes = blob === null ? null : contents.get(blob)
    const text = bytes === undefined || bytes === 'too-large' ? null : decodeText(bytes)
    // A file that is there and cannot be read is left absent: nobody can tell what it says.
    if (text !== null || blob === null) texts.set(name, text)
  }
  return texts
}

/** Names of blobs, null where a commit that is there holds no such file. One line answers each question, in order. */
function entriesIn(answer: string, asked: readonly TextPlace[]): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>()
  const lines = answer.split('\n')
  if (lines.length !== asked.length * 2 + 1) return found
  for (const [index, place] of asked.entries()) {
    const [commit = '', entry = ''] = lines.slice(2 * index, 2 * index + 2)
    const blob = /^([0-9a-f]+) blob \d+$/.exec(entry)?.[1]
    const isCommitThere = /^[0-9a-f]+ commit \d+$/.test(commit)
    if (isCommitThere && (blob !== undefined || entry.endsWith(' missing')))
      found.set(nameOf(place), blob ?? null)
  }
  return found
}
