import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { review, setScene } from '../support/e2e/scene.ts'
import { expectHarmless, writtenBodies } from '../support/hostile/expect-harmless.ts'
import { brokenPolicies, hostileRules, usablePolicy } from '../support/hostile/hostile-policies.ts'
import { canary, hostileTexts } from '../support/hostile/hostile-set.ts'
import { type ModelServerProcess, startModelServer, withoutDatabase } from '../support/model-server.ts'

const texts = hostileTexts()
const name = `##[error]${canary} ::error::\u202e@maintainer<img src=x>`
const files = {
  'src/run.js': 'export const run = (code) => eval(code)\n',
  [`src/${'a'.repeat(200)}.js`]: 'export const a = 1\n',
}

let server: ModelServerProcess
beforeAll(async () => {
  server = await startModelServer(withoutDatabase)
})
afterAll(() => server[Symbol.asyncDispose]())

describe.concurrent.each(Object.entries(brokenPolicies(texts)))('a policy with %s', (_, policy) => {
  test('is not used, which is said once, and the review is made', async () => {
    const baseFiles = { '.github/ai-review.yml': policy }
    await using scene = await setScene({ baseFiles, files })
    const run = await review(scene, { server })
    await expectHarmless(run, scene, { secrets: [server.apiKey] })
    expect(run.outputs).toMatchObject({ outcome: 'reviewed' })
    const sentence = /The policy file was not used/g
    expect(run.log.match(sentence)).toHaveLength(1)
    const [check] = scene.pull.checkRuns()
    expect(check?.summary?.match(sentence)).toHaveLength(1)
    expect(check?.title).toContain('the policy file was not used')
    expect(scene.pull.comments()).toMatchObject([{ path: 'src/run.js', line: 1 }])
    expect([...writtenBodies(scene), run.summary].filter((body) => body.includes(canary))).toEqual([])
  })
})

test('guidelines, rules, attributes and a usable policy say what they will, and do nothing', {
  timeout: 90_000,
}, async () => {
  const rules = Object.entries(hostileRules(texts)).map(([key, text]) => [
    `.github/ai-review/rules/${key} ${name}.yml`,
    text,
  ])
  const all = texts.join(`\n${canary}\n`).toWellFormed()
  await using scene = await setScene({
    baseFiles: {
      '.github/ai-review.yml': usablePolicy(texts),
      'AGENTS.md': all.slice(0, 60_000),
      'CONTRIBUTING.md': all,
      [`.cursor/rules/${name}.mdc`]: `---\nglobs: ["${'*a'.repeat(100)}", *x]\n---\n${all.slice(0, 5000)}`,
      [`.github/instructions/${name}.instructions.md`]: `---\napplyTo: "${'{a,b}'.repeat(60)}"\n---\n${canary}`,
      '.editorconfig': all.slice(0, 5000),
      '.gitattributes': `${'*a'.repeat(500)} linguist-generated\n"${canary} -diff\n[attr]x ${canary}\n`,
      ...Object.fromEntries(rules),
    },
    files,
  })
  const run = await review(scene, { server })
  await expectHarmless(run, scene, { secrets: [server.apiKey] })
  expect(run.outputs).toMatchObject({ outcome: 'reviewed' })
  expect(run.log).not.toContain('The policy file was not used')
  expect(writtenBodies(scene).join('\n')).toContain(canary)
})
