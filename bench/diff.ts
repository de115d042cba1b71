import { hunkIdentity } from '../src/diff/hunk-identity.ts'
import { parseDiff } from '../src/diff/parse-diff.ts'

/** `npm run bench:diff`: milliseconds to parse diffs of 1, 2, 5 and 10 MB, and the cost per MB against the smallest. */

const MEGABYTE = 1_000_000
const SIZES = [1, 2, 5, 10]
const ROUNDS = 5

function aHunk(number: number): string {
  const start = number * 20 + 1
  const line = (text: string) =>
    `    const value${number} = compute(${text}, options) // ${'x'.repeat(number % 40)}`
  return [
    `@@ -${start},4 +${start},4 @@ function f${number}() {`,
    ` ${line('before')}`,
    `-${line('old')}`,
    `+${line('new')}`,
    ` ${line('after')}`,
    ` ${line('end')}\n`,
  ].join('\n')
}

function manyFiles(bytes: number): string {
  const files: string[] = []
  let length = 0
  for (let number = 0; length < bytes; number += 1) {
    const path = `src/module-${number}/file.ts`
    const hunks = Array.from({ length: 10 }, (_, index) => aHunk(index)).join('')
    files.push(
      `diff --git a/${path} b/${path}\nindex 1111111..2222222 100644\n--- a/${path}\n+++ b/${path}\n${hunks}`,
    )
    length += files.at(-1)?.length ?? 0
  }
  return files.join('')
}

const header = 'diff --git a/f b/f\nindex 1111111..2222222 100644\n--- a/f\n+++ b/f\n'

function oneFile(bytes: number): string {
  const count = Math.floor(bytes / 8)
  return `${header}@@ -0,0 +1,${count} @@\n${'+line 1\n'.repeat(count)}`
}

const shapes: Readonly<Record<string, (bytes: number) => string>> = {
  'many files': manyFiles,
  'one file of many lines': oneFile,
  'one line': (bytes) => `${header}@@ -0,0 +1 @@\n+${'x'.repeat(bytes)}\n`,
  'a header of blanks': (bytes) => `diff --git ${' '.repeat(bytes)}\n`,
  'a quoted name': (bytes) => `diff --git "a/${'\\303\\251'.repeat(bytes / 8)}"\n`,
  'hunks without a file': (bytes) => '@@ -1 +1 @@\n'.repeat(bytes / 12),
  'headers without a change': (bytes) => 'diff --git a/f b/f\n'.repeat(bytes / 19),
  'names without a hunk': (bytes) => '--- a/f\n+++ b/f\n'.repeat(bytes / 16),
}

/** The fastest of a few rounds: what the parser needs when nothing else runs. */
function fastest(measure: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    measure()
    return performance.now() - start
  })
  return Math.min(...times)
}

function report(name: string, times: readonly number[]): void {
  const perMegabyte = times.map((time, index) => time / (SIZES[index] ?? 1))
  const ratio = (perMegabyte.at(-1) ?? 0) / (perMegabyte[0] ?? 1)
  const columns = times.map((time) => `${time.toFixed(1)} ms`.padStart(11))
  process.stdout.write(`${name.padEnd(26)}${columns.join('')}   per MB ×${ratio.toFixed(2)}\n`)
}

process.stdout.write(`${''.padEnd(26)}${SIZES.map((size) => `${size} MB`.padStart(11)).join('')}\n`)
for (const [name, shape] of Object.entries(shapes)) {
  report(
    name,
    SIZES.map((size) => {
      const bytes = Buffer.from(shape(size * MEGABYTE))
      return fastest(() => parseDiff(bytes))
    }),
  )
}
report(
  'identities of all hunks',
  SIZES.map((size) => {
    const { files } = parseDiff(manyFiles(size * MEGABYTE))
    return fastest(() => {
      for (const file of files) for (const hunk of file.hunks) hunkIdentity(file.path, hunk)
    })
  }),
)
