import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectCleanRun } from '../support/e2e/expect-clean-run.ts'
import { review, setScene } from '../support/e2e/scene.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

const flaw = 'export const run = (code) => eval(code)\n'

test('301 files: GitHub refuses the diff, the listing is read, every file is accounted for', async () => {
  const names = Array.from({ length: 301 }, (_, index) => `src/part-${String(index).padStart(3, '0')}.js`)
  const files = Object.fromEntries(names.map((name) => [name, 'export const part = 1\n']))
  await using scene = await setScene({ files: { ...files, 'src/part-300.js': flaw } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.github.requests.map(({ status }) => status)).toContain(406)
  expect(scene.github.requests.filter(({ operation }) => operation === 'pulls/list-files')).toHaveLength(4)
  expect(scene.pull.comments().map(({ path, line }) => [path, line])).toEqual([['src/part-300.js', 1]])
  expect(run.log).toMatch(/301 files to review, 0 skipped|\d+ files to review, \d+ skipped/)
  const counts = /(\d+) files? to review, (\d+) skipped/.exec(run.log)
  expect(Number(counts?.[1]) + Number(counts?.[2])).toBe(301)
  expect(scene.pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: run.outputs.conclusion }])
})

test('a diff of more than 20,000 lines: what GitHub still shows is reviewed, the rest is told and never green', async () => {
  const long = Array.from({ length: 20_500 }, (_, index) => `export const value${index} = ${index}\n`).join(
    '',
  )
  await using scene = await setScene({ files: { 'src/early.js': flaw, 'src/long.js': long } })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  expect(scene.github.requests.map(({ status }) => status)).toContain(406)
  expect(scene.pull.comments().map(({ path, line }) => [path, line])).toEqual([['src/early.js', 1]])
  expect(scene.pull.checkRuns()).toMatchObject([{ conclusion: 'neutral' }])
  expect(scene.pull.checkRuns()[0]?.summary).toContain('src/long.js')
})

test('every odd kind of file ends as reviewed or as skipped with a reason', async () => {
  await using scene = await setScene({
    baseFiles: {
      'old.js': flaw.repeat(9),
      'gone.js': 'gone()\n',
      'mode.sh': '#!/bin/sh\n',
      'crlf.js': 'a()\r\n',
    },
    files: {
      'new.js': { renamedFrom: 'old.js' },
      'gone.js': null,
      'mode.sh': { text: '#!/bin/sh\n', mode: '100755' },
      'crlf.js': 'a()\r\nexport const run = (code) => eval(code)\r\n',
      'no-newline.js': flaw.trimEnd(),
      'empty.js': '',
      'pic.png': new Uint8Array([137, 80, 78, 71, 0, 1, 2]),
      link: { text: 'crlf.js', mode: '120000' },
      lib: { submodule: 'b'.repeat(40) },
      'naïve "quoted".js': flaw,
      'package-lock.json': '{}\n',
      'app.min.js': flaw,
    },
  })
  const run = await review(scene, { server })
  await expectCleanRun(run, scene, [server.apiKey])
  expect(run.exitCode).toBe(0)
  const commented = scene.pull.comments().map(({ path, line }) => [path, line])
  expect(commented.sort()).toEqual([
    ['crlf.js', 2],
    ['naïve "quoted".js', 1],
    ['no-newline.js', 1],
  ])
  const counts = /(\d+) files? to review, (\d+) skipped/.exec(run.log)
  expect(Number(counts?.[1]) + Number(counts?.[2])).toBe(12)
  const summary = scene.pull.checkRuns()[0]?.summary ?? ''
  for (const name of ['pic.png', 'package-lock.json', 'app.min.js', 'empty.js', 'mode.sh']) {
    expect(summary.replaceAll('&#46;', '.')).toContain(name)
  }
})
