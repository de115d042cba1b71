import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemory } from '../../../../runner/model-server/src/personas/retrieval/memory.ts'
import { aPastComment } from '../../../support/persona/past-comment.ts'
import { aHistory } from '../../support/past-comments.ts'

const place = {
  repositoryId: 7,
  pullRequest: 1,
  path: 'src/part1/other.ts',
  code: 'const handle = openSocket(peer)\nreturn closeSocket(handle)',
}
const idsOf = (near: readonly { comment: { id: number } }[]) => near.map(({ comment }) => comment.id)

describe('the nearest past comments', () => {
  it('are those on code that shares rare names, nearest first', async () => {
    const near = await (await createMemory(aHistory(), { repositoryId: 7 })).near(place, 3)
    expect(near).toHaveLength(3)
    expect(near.every(({ comment }) => comment.body.includes('closes the socket'))).toBe(true)
    const nearness = near.map((one) => one.nearness)
    expect(nearness).toEqual(nearness.toSorted((a, b) => b - a))
    expect(Math.max(...nearness)).toBeLessThanOrEqual(1)
  })

  it('are none for code about nothing they know', async () => {
    const memory = await createMemory(aHistory(), { repositoryId: 7 })
    expect(await memory.near({ ...place, path: 'a.sql', code: 'SELECT total FROM invoices' }, 3)).toEqual([])
    expect(await memory.near({ ...place, path: 'a.sql', code: '' }, 3)).toEqual([])
  })

  it('are found by what is to be said, and by nothing else once it is known', async () => {
    const memory = await createMemory(aHistory(), { repositoryId: 7 })
    const remark = 'who is going to close the socket if connect fails?'
    const said = await memory.near({ ...place, remark }, 3)
    expect(said.every(({ comment }) => comment.body.includes('closes the socket'))).toBe(true)
    expect(said).not.toEqual([])
    expect(await memory.near({ ...place, remark: 'Bananas ripen faster beside apples.' }, 3)).toEqual([])
  })

  it('never come from the same pull request of the same repository', async () => {
    const history = aHistory()
    const memory = await createMemory(history, { repositoryId: 7 })
    for (const { pullRequest, hunk, path } of history) {
      const near = await memory.near({ repositoryId: 7, pullRequest, path, code: hunk }, 40)
      expect(near.map(({ comment }) => comment.pullRequest)).not.toContain(pullRequest)
    }
    const [first] = history
    const same = { pullRequest: first?.pullRequest ?? 0, path: first?.path ?? '', code: first?.hunk ?? '' }
    expect(idsOf(await memory.near({ ...same, repositoryId: 8 }, 40))).toContain(first?.id)
  })

  it('are earlier than the asked instant, where one is asked', async () => {
    const history = aHistory()
    const memory = await createMemory(history, { repositoryId: 7 })
    const before = history[16]?.at ?? ''
    const near = await memory.near({ ...place, before }, 40)
    expect(near.length).toBeGreaterThan(0)
    expect(near.every(({ comment }) => comment.at < before)).toBe(true)
  })

  it('say the same thing only once', async () => {
    const others = aHistory()
    const repeated = Array.from({ length: 5 }, (_, index) =>
      aPastComment({
        id: 100 + index,
        body: index % 2 === 0 ? 'Close it!' : 'close   it',
        hunk: '+openSocket(peer)\n+closeSocket()',
      }),
    )
    const near = await (await createMemory([...others, ...repeated], { repositoryId: 7 })).near(place, 40)
    expect(near.filter(({ comment }) => /^close/i.test(comment.body))).toHaveLength(1)
  })

  it('take part by meaning where there are vectors, and by terms alone where they fail', async () => {
    const history = aHistory()
    const embed = async (texts: readonly string[]) =>
      texts.map((text) => {
        const subjects = [/mutexLock/, /openSocket/, /parseHeader/, /retryDelay/, /evictOldest|SELECT/]
        return Float32Array.from(subjects, (subject) => Number(subject.test(text)))
      })
    const query = { ...place, path: 'a.sql', code: 'SELECT total FROM invoices' }
    const memory = await createMemory(history, { repositoryId: 7, embed })
    await sleep(20)
    const near = await memory.near(query, 2)
    expect(near.every(({ comment }) => comment.body.includes('cache grows'))).toBe(true)
    expect(near).toHaveLength(2)
    const broken = await createMemory(history, {
      repositoryId: 7,
      embed: () => Promise.reject(new Error('gone')),
    })
    await sleep(20)
    expect(await broken.near(query, 2)).toEqual([])
    expect(await broken.near(place, 2)).toHaveLength(2)

    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    let calls = 0
    const late = await createMemory(history, {
      repositoryId: 7,
      embed: (texts) => (++calls === 1 ? Promise.reject(new Error('not yet')) : embed(texts)),
    })
    await sleep(20)
    expect(await late.near(query, 2)).toEqual([])
    expect(calls, 'it is left alone for a minute').toBe(1)
    vi.setSystemTime(Date.now() + 61_000)
    await late.near(query, 2)
    await sleep(20)
    expect(await late.near(query, 2)).toEqual(near)
  })

  it('hold up against texts that were made to break them', async () => {
    const hostile = [
      aPastComment({ id: 900, body: '\u202e\u0000'.repeat(1000), hunk: `+${'x'.repeat(7000)}` }),
      aPastComment({ id: 901, body: 'constructor __proto__ toString', hunk: '+constructor.__proto__' }),
      aPastComment({ id: 902, body: 'a '.repeat(2000), hunk: '' }),
    ]
    const memory = await createMemory([...aHistory(), ...hostile], { repositoryId: 7 })
    expect(idsOf(await memory.near({ ...place, code: 'constructor.__proto__.toString()' }, 1))).toEqual([901])
    expect((await memory.near(place, 1))[0]?.comment.body).toContain('closes the socket')
  })

  it.each([
    [
      ['连接失败时请关闭套接字', '这里需要加锁', '缓存会无限增长，请设置上限'],
      '连接失败的时候没有关闭套接字',
    ],
    [
      ['ソケットを閉じてください', 'ここはロックが必要です', 'キャッシュに上限を設けてください'],
      'ソケットが閉じていない',
    ],
    [
      ['소켓을 닫아 주세요', '여기는 잠금이 필요합니다', '캐시에 상한을 두세요'],
      '오류 때 소켓이 닫히지 않습니다',
    ],
    [['закройте сокет при ошибке', 'тут нужна блокировка', 'кэш растёт без предела'], 'сокеты не закрыты'],
    [
      ['يرجى إغلاق المقبس عند الفشل', 'هنا نحتاج إلى قفل', 'ذاكرة التخزين تنمو بلا حد'],
      'المقبس لم يغلق عند الفشل',
    ],
  ])('are found by what is said in any script: %s', async (bodies, remark) => {
    const history = Array.from({ length: 30 }, (_, index) =>
      aPastComment({ id: index + 1, body: `${bodies[index % 3]} ${index}`, hunk: `+step${index}()` }),
    )
    const near = await (await createMemory(history, { repositoryId: 7 })).near(
      { ...place, code: 'step()', remark },
      5,
    )
    expect(near.length).toBeGreaterThan(0)
    expect(near.every(({ comment }) => comment.body.startsWith(bodies[0] ?? ''))).toBe(true)
  })

  it('are found in a moment among 5,000', async () => {
    const started = performance.now()
    const memory = await createMemory(aHistory(5000), { repositoryId: 7 })
    expect(performance.now() - started).toBeLessThan(10_000)
    const asked = performance.now()
    for (let count = 0; count < 20; count += 1) await memory.near(place, 3)
    expect((performance.now() - asked) / 20).toBeLessThan(100)
  })
})

const quoting = await createMemory(
  [
    aPastComment({
      body: 'Please check that every handle which was opened here is closed again on the error path.',
    }),
  ],
  { repositoryId: 7 },
)

describe('a copy', () => {
  it('is a text with twelve words in a row of a past comment', async () => {
    expect(
      await quoting.isCopied('So: please check that every HANDLE which was opened here, is closed again.'),
    ).toBe(true)
    expect(await quoting.isCopied('please check that every handle is closed again on the error path')).toBe(
      false,
    )
  })
})
