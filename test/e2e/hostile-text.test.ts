import { afterAll, beforeAll, expect, test } from 'vitest'
import { review, type Scene, setScene } from '../support/e2e/scene.ts'
import type { FileChanges } from '../support/github/git-repository.ts'
import { expectHarmless, writtenBodies } from '../support/hostile/expect-harmless.ts'
import { type HostileModel, startHostileModel } from '../support/hostile/hostile-engine.ts'
import { canary, hostileName, hostileTexts, inGroups } from '../support/hostile/hostile-set.ts'

const texts = hostileTexts()
/** So many in one change: the more, the less room each has in the check. */
const groups = inGroups(texts, 60)

let model: HostileModel
beforeAll(async () => {
  model = await startHostileModel()
})
afterAll(() => model[Symbol.asyncDispose]())

const policy = { '.github/ai-review.yml': 'max-comments: 50\n' }

/** Code with a hostile text on a line of its own, in a comment and in a string. */
function codeWith(text: string): string {
  return `${text}\n// ${canary} ${text}\nexport const text = ${JSON.stringify(text)}\n`
}

/** A pull request in which all of the texts stand in names, in code, in its own words and in what people say. */
async function sceneOf(group: readonly string[], files: FileChanges): Promise<Scene> {
  const all = `${group.join(` ${canary}\n`)}\n`.toWellFormed().replaceAll('\0', '')
  const scene = await setScene({
    baseFiles: { 'README.md': 'Widgets\n', ...policy },
    title: all.slice(0, 256),
    body: all.slice(0, 60_000),
    branch: `;$(id)\`id\`&&'"<b>@maintainer/#1-\u202e##error%%${canary}`,
    message: all.slice(0, 60_000),
    files: { ...files, 'NOTES.md': all },
  })
  for (const text of group.filter((_, index) => index % 6 === 0)) {
    scene.pull.comment('outsider', `${text}\n${canary}`)
    await scene.pull.addReviewComment('outsider', { path: 'NOTES.md', side: 'RIGHT', line: 1 }, text)
  }
  return scene
}

test.each(groups.map((group, index) => [index + 1, group] as const))(
  'hostile names, code, words of people and answers of the model do nothing (group %i)',
  { timeout: 90_000 },
  async (_, group) => {
    model.say(group)
    const files = Object.fromEntries(
      group.map((text, index) => [hostileName(text, index), codeWith(text).toWellFormed()]),
    )
    await using scene = await sceneOf(group, files)
    const run = await review(scene, { server: model.server })
    await expectHarmless(run, scene, { secrets: [model.server.apiKey] })
    expect(run.outputs).toMatchObject({ outcome: 'reviewed' })
    expect(Number(run.outputs['findings-posted'])).toBeGreaterThan(0)
    expect(writtenBodies(scene).join('\n')).toContain(canary)
    expect(model.said().size).toBe(group.length)
  },
)
