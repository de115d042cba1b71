import { describe, expect, it } from 'vitest'
import { askPersona } from '../../../runner/model-server/src/personas/ask-persona.ts'
import { pastPiece } from '../../../runner/model-server/src/personas/past-piece.ts'
import { createMemory } from '../../../runner/model-server/src/personas/retrieval/memory.ts'
import { profileOf } from '../../../runner/model-server/src/personas/style/style-profile.ts'
import { renderTrainingRows } from '../../../runner/model-server/src/personas/training-rows.ts'
import { aPastComment, aSilence } from '../../support/persona/past-comment.ts'
import { answerWith, createScriptedEngine } from '../../support/scripted-engine.ts'
import { aHistory } from '../support/past-comments.ts'

const comments = aHistory()
const style = profileOf(
  comments.map(({ body }) => body),
  [],
)
const about = { repositoryId: 7, style, contextTokens: 8192 }
const silence = aSilence()
const texts = { comments, silences: [silence] }
const answerOf = (row: { completion: readonly { content: string }[] } | undefined) =>
  JSON.parse(row?.completion[0]?.content ?? '{}')

describe('training rows', () => {
  it('ask what a review asks, and answer what the person wrote, on a line that was shown', async () => {
    const rows = await renderTrainingRows(texts, about)
    expect(rows).toHaveLength(41)
    for (const comment of comments) {
      const row = rows.find(({ id }) => id === `c${comment.id}`)
      const [finding] = answerOf(row).findings
      expect(row).toMatchObject({ kind: 'comment', pull_request: comment.pullRequest })
      expect(finding).toMatchObject({ body: comment.body, line: 'A12' })
      const user = row?.prompt.at(-1)?.content ?? ''
      expect(user).toContain(`A12|+ ${finding.quote}`)
    }
  })

  it('answer a silence with nothing', async () => {
    const rows = await renderTrainingRows(texts, about)
    const row = rows.find(({ kind }) => kind === 'silence')
    expect(row?.id).toBe(`s${silence.id}`)
    expect(row?.completion).toEqual([{ role: 'assistant', content: '{"findings":[]}' }])
  })

  it('show examples from strictly before and from other pull requests only', async () => {
    const twin = aPastComment({
      ...comments[21],
      id: 90,
      body: 'said on the same pull request',
      at: comments[0]?.at ?? '',
    })
    const rows = await renderTrainingRows({ comments: [...comments, twin], silences: [] }, about)
    for (const [index, comment] of comments.entries()) {
      const user = rows.find(({ id }) => id === `c${comment.id}`)?.prompt.at(-1)?.content ?? ''
      for (const later of comments.slice(index)) expect(user).not.toContain(`> ${later.body}`)
    }
    const own = rows.find(({ id }) => id === 'c22')?.prompt.at(-1)?.content ?? ''
    expect(own).toContain('> who closes the socket')
    expect(own).not.toContain('said on the same pull request')
  })

  it('are the same for the same texts, in whatever order they come', async () => {
    const reversed = { comments: comments.toReversed(), silences: [silence] }
    const [row, same] = [await renderTrainingRows(texts, about), await renderTrainingRows(reversed, about)]
    expect(same).toEqual(row)
  })

  it('fit the tokens that they may have, or are left out', async () => {
    const contextTokens = 1300
    const rows = await renderTrainingRows(texts, { ...about, contextTokens })
    expect(rows.length).toBeGreaterThan(0)
    for (const { prompt, completion } of rows) {
      const bytes = [...prompt, ...completion].reduce(
        (sum, { content }) => sum + Buffer.byteLength(content),
        0,
      )
      expect(bytes / 3).toBeLessThan(contextTokens + 100)
    }
    const huge = aPastComment({ id: 77, hunk: `@@ -1 +1,2 @@\n+${'x'.repeat(1900)}\n+${'y'.repeat(1900)}` })
    expect(await renderTrainingRows({ comments: [huge], silences: [] }, { ...about, contextTokens })).toEqual(
      [],
    )
  })
})

describe('the lines of a past comment', () => {
  it('are numbered by the commented line, whatever the head of the hunk says', () => {
    const { lines } = pastPiece(aPastComment({ line: 40, hunk: '@@ -1,2 +1,3 @@\n a\n-b\n+c\n+d' }))
    expect(lines.map((line) => (line.kind === 'deleted' ? -line.oldLine : line.newLine))).toEqual([
      38, -39, 39, 40,
    ])
  })

  it('are followed by the text after it, where that was kept', () => {
    const { lines } = pastPiece(
      aPastComment({ line: 12, context: 'ten\neleven\ntwelve\nthirteen\nfourteen\n', contextStart: 10 }),
    )
    expect(lines.slice(-2)).toMatchObject([
      { kind: 'context', text: 'thirteen', newLine: 13 },
      { kind: 'context', text: 'fourteen', newLine: 14 },
    ])
  })

  it('can be deleted ones', () => {
    const { lines } = pastPiece(
      aPastComment({ side: 'LEFT', line: 8, hunk: '@@ -7,2 +7,1 @@\n a\n-b', context: 'x' }),
    )
    expect(lines).toMatchObject([{ kind: 'context' }, { kind: 'deleted', oldLine: 8 }])
  })
})

const memory = await createMemory(comments, { repositoryId: 7 })

describe('a held-out case', () => {
  const comment = {
    quote: 'const handle = openSocket(address)',
    line: 'A2',
    body: 'who closes it?',
    category: 'bug',
    severity: 'low',
    confidence: 'likely',
  }
  const asking = {
    voice: { memory, style },
    repositoryId: 7,
    sample: silence,
    priority: 200,
    signal: new AbortController().signal,
  }

  it('is asked as a training asked it', async () => {
    const engine = createScriptedEngine(() => answerWith(comment))
    const answer = await askPersona({ ...asking, engine, adapter: 'a-0123456789ab' })
    expect(answer).toEqual({ isValid: true, remarks: [{ line: 2, body: 'who closes it?', hasBasis: true }] })
    const rows = await renderTrainingRows(texts, about)
    expect(engine.asked[0]?.adapter).toBe('a-0123456789ab')
    expect(engine.asked[0]?.messages).toEqual(rows.find(({ kind }) => kind === 'silence')?.prompt)
  })

  it('is a silence where nothing is near, and nothing is asked', async () => {
    const engine = createScriptedEngine(() => answerWith(comment))
    const sample = aSilence({ path: 'a.sql', hunk: '@@ -1 +1 @@\n+SELECT total FROM invoices' })
    expect(await askPersona({ ...asking, engine, sample })).toEqual({ isValid: true, remarks: [] })
    expect(engine.asked).toEqual([])
  })

  it('keeps a remark without a past comment near to it, and says so', async () => {
    const engine = createScriptedEngine(() => answerWith({ ...comment, body: 'Bananas ripen faster.' }))
    const answer = await askPersona({ ...asking, engine })
    expect(answer.remarks).toMatchObject([{ body: 'Bananas ripen faster.', hasBasis: false }])
  })

  it.each([
    ['is no JSON', 'who closes it?'],
    ['names a line that was not shown', answerWith({ ...comment, line: 'A99' })],
    [
      'was cut off',
      {
        text: answerWith(comment),
        finish: 'length' as const,
        usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
      },
    ],
  ])('has an invalid answer where it %s', async (_, text) => {
    const engine = createScriptedEngine(() => text)
    expect(await askPersona({ ...asking, engine })).toMatchObject({ isValid: false })
  })
})
