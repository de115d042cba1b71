import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileChanges } from '../../test/support/github/git-repository.ts'

/** The sample pull request: a small product in four languages, with flaws planted in its head. */
export const sample = {
  owner: 'parcels',
  name: 'parcels',
  title: 'Orders per customer, labels over the network, island surcharge',
  base: () => filesBelow('base'),
  /** Files that the head changes or adds. */
  head: () => changed(filesBelow('base'), filesBelow('head')),
}

/** A flaw planted in the sample's head: the file and a piece of the line that a review must speak of. */
export interface PlantedFlaw {
  readonly path: string
  readonly line: string
  readonly what: string
}

export const plantedFlaws = JSON.parse(
  readFileSync(join(import.meta.dirname, 'sample/planted.json'), 'utf8'),
) as readonly PlantedFlaw[]

// Values that scanners of this repository itself would rightly complain about are put together only here.
const placeholders: Readonly<Record<string, string>> = {
  __PLANTED_AWS_KEY__: ['AK', 'IAZ7Q4X2M3', 'R5TK6WLP'].join(''),
  __PLANTED_BIDI__: '\u202e',
}

function filesBelow(side: 'base' | 'head'): Record<string, string | Uint8Array> {
  const root = join(import.meta.dirname, 'sample', side)
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Object.fromEntries(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return [file.slice(root.length + 1), contentOf(file)]
    }),
  )
}

function contentOf(file: string): string | Uint8Array {
  if (file.endsWith('.png')) return readFileSync(file)
  return readFileSync(file, 'utf8').replace(/__PLANTED_\w+?__/g, (name) => placeholders[name] ?? name)
}

function changed(before: FileChanges, after: FileChanges): FileChanges {
  return Object.fromEntries(Object.entries(after).filter(([path, content]) => before[path] !== content))
}
