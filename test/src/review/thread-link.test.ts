import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { threadLink } from '../../../src/review/thread-link.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'
import { renderedMarkdown } from '../../support/review/rendered-markdown.ts'

const page = 'https://github.com/acme/shop/pull/12'

describe('a link to a thread', () => {
  it.each([
    page,
    'https://github.acme.example/acme/shop/pull/12',
    'http://127.0.0.1:8080/acme/shop/pull/12',
    'https://github.com/acme/.github/pull/12',
  ])('leads to our comment on %s', (url) => {
    expect(threadLink('line 3', url, 7)).toBe(`[line 3](${url}#discussion_r7)`)
  })

  it.each([
    '',
    'javascript:alert(1)//acme/shop/pull/12',
    '//github.com/acme/shop/pull/12',
    'https://maintainer@github.com/acme/shop/pull/12',
    'https://github.com/x/acme/shop/pull/12',
    'https://github.com?/acme/shop/pull/12',
    'https://github.com/../shop/pull/12',
    'https://github.com/acme/../pull/12',
    'https://github.com/acme/a)b/pull/12',
    'https://github.com/acme/shop/pull/0',
    'https://github.com/acme/shop/pull/1.5',
    `${page}/files`,
    `${page}?x=1`,
    `${page}\n`,
  ])('is none where the page is %j', (url) => {
    expect(threadLink('thread', url, 7)).toBe('thread')
  })

  it.each([0, -1, 1.5, Number.NaN, 2 ** 60])('is none for the comment %d', (commentId) => {
    expect(threadLink('thread', page, commentId)).toBe('thread')
  })

  it('is none where the page is not that of a pull request', () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (text, isAfter) => {
        const url = isAfter ? `${page}${text}` : text
        const { types } = renderedMarkdown(threadLink('thread', url, 7))
        expect(types.has('link')).toBe(/^https:\/\/github\.com\/acme\/shop\/pull\/12\d{0,8}$/.test(url))
      }),
    )
  })
})
