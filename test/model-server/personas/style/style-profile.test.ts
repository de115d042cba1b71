import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededNumbers } from '../../../../runner/model-server/src/personas/gate/seeded-numbers.ts'
import { describeStyle } from '../../../../runner/model-server/src/personas/style/describe-style.ts'
import { styleOfTexts } from '../../../../runner/model-server/src/personas/style/style-of-texts.ts'
import { profileOf } from '../../../../runner/model-server/src/personas/style/style-profile.ts'
import { aPastComment } from '../../../support/persona/past-comment.ts'

const others = Array.from(
  { length: 60 },
  (_, index) => `The value of case ${index} looks wrong to the reader.`,
)

describe('a style', () => {
  it('is measured, sign by sign', () => {
    const bodies = [
      'nit: rename this',
      'Could we close it here?',
      'please add a test',
      'maybe use `Map` instead of this',
    ]
    expect(profileOf(bodies, [])).toEqual({
      comments: 4,
      medianWords: 5,
      longWords: 5,
      questions: 0.25,
      nits: 0.25,
      lowerCaseStart: 0.75,
      code: 0.25,
      please: 0.25,
      hedges: 0.5,
      suggestions: 0.25,
      words: [],
    })
  })

  it('does not take code for prose', () => {
    const style = profileOf(['```\nplease? maybe? nit: x\n```', 'See `a ? b : c`.'], [])
    expect(style).toMatchObject({ questions: 0, please: 0, hedges: 0, nits: 0, code: 1 })
  })

  it('counts words and questions of any script', () => {
    const wordsIn = (body: string) => profileOf([body], []).medianWords
    expect(wordsIn('这里为什么不关闭套接字')).toBe(6)
    expect(wordsIn('nit: 改成socket吧')).toBe(4)
    expect(wordsIn('यहाँ फ़ाइल बंद करें')).toBe(4)
    expect(wordsIn('don’t re-use some_name')).toBe(3)
    expect(wordsIn('👍🏽')).toBe(0)
    const asks = ['为什么？', '为什么?因为', 'لماذا؟', 'why?!', 'Pourquoi ?', 'why?', 'really?…', '(done?)']
    for (const body of asks) expect(profileOf([body], []).questions, body).toBe(1)
    for (const body of ['use a?.b here', 'see /find?q=1', 'x?y'])
      expect(profileOf([body], []).questions).toBe(0)
  })

  it('is empty where nothing was written', () => {
    expect(profileOf([], others)).toMatchObject({ comments: 0, medianWords: 0, questions: 0, words: [] })
  })

  it('names words that the person uses more than others, and nobody’s name or identifier', () => {
    const bodies = Array.from(
      { length: 30 },
      (_, index) =>
        `${index % 2 === 0 ? 'frankly' : 'honestly'}, ask Miriam about socketPool, socket_pool and bob.smith@example.com or @outsider`,
    )
    const { words } = profileOf(bodies, others)
    expect(words).toEqual(expect.arrayContaining(['frankly', 'honestly']))
    for (const word of ['miriam', 'socketpool', 'pool', 'bob', 'smith', 'example', 'outsider'])
      expect(words).not.toContain(word)
  })

  it('finds nothing telling between two halves of what one person wrote', () => {
    const words = 'close lock retry test name length cache value order check error string'.split(' ')
    const random = seededNumbers(3)
    const body = () => Array.from({ length: 6 }, () => words[Math.floor(random() * words.length)]).join(' ')
    const half = () => Array.from({ length: 200 }, body)
    const told = Array.from({ length: 20 }, () => profileOf(half(), half()).words.length)
    expect(told.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1)
  })

  it('is of the newest comments, as people change', () => {
    const written = (from: number, count: number, body: string) =>
      Array.from({ length: count }, (_, index) => aPastComment({ id: from + index, body }))
    const comments = [...written(1, 600, 'Why is this so?'), ...written(601, 500, 'close it')]
    expect(styleOfTexts({ comments, colleagues: [] })).toMatchObject({
      comments: 500,
      questions: 0,
      lowerCaseStart: 1,
    })
  })

  it('leaves out what was said in fewer than five comments', () => {
    const bodies = Array.from({ length: 40 }, (_, index) =>
      index < 4 ? 'secretproject matters' : 'fine, thanks',
    )
    expect(profileOf(bodies, others).words).not.toContain('secretproject')
  })

  it('does not depend on the order of comments', () => {
    const bodies = Array.from(
      { length: 20 },
      (_, index) => `${index % 3 === 0 ? 'nit: ' : ''}please do ${index}`,
    )
    expect(profileOf(bodies.toReversed(), others.toReversed())).toEqual(profileOf(bodies, others))
  })

  it('is a profile whatever was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 }), (bodies) => {
        const style = profileOf(bodies, others)
        const shares = [
          style.questions,
          style.nits,
          style.lowerCaseStart,
          style.code,
          style.please,
          style.hedges,
        ]
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
        expect(style.medianWords).toBeLessThanOrEqual(style.longWords)
        expect(describeStyle(style)).not.toMatch(/NaN|undefined/)
      }),
    )
  })

  it('is told in sentences with its numbers, habits only', () => {
    const style = profileOf(['nit: a b', 'nit: c d', 'e f?', 'g h?'], [])
    const text = describeStyle(style)
    expect(text).toContain('50 % of them ask a question.')
    expect(text).toContain('50 % of them are marked as a nit.')
    expect(text).not.toContain('please')
  })
})
