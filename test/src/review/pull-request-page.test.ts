import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pullRequestPage, threadLink } from '../../../src/review/pull-request-page.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'
import { renderedMarkdown } from '../../support/review/rendered-markdown.ts'

const shop = { server: 'https://github.com', owner: 'acme', name: 'shop', number: 12 }

describe('the page of a pull request', () => {
  it.each([
    [{}, 'https://github.com/acme/shop/pull/12'],
    [{ server: 'https://github.acme.example/' }, 'https://github.acme.example/acme/shop/pull/12'],
    [{ server: 'http://127.0.0.1:8080' }, 'http://127.0.0.1:8080/acme/shop/pull/12'],
    [{ name: '.github' }, 'https://github.com/acme/.github/pull/12'],
    [{ server: '' }, ''],
    [{ server: 'javascript:alert(1)//' }, ''],
    [{ server: 'https://user@github.com' }, ''],
    [{ server: 'https://github.com/x' }, ''],
    [{ server: 'https://github.com?' }, ''],
    [{ owner: '..' }, ''],
    [{ name: '..' }, ''],
    [{ name: 'a)b' }, ''],
    [{ number: 0 }, ''],
    [{ number: 1.5 }, ''],
  ])('of %j is %j', (overrides, page) => {
    expect(pullRequestPage({ ...shop, ...overrides })).toBe(page)
  })
})

describe('a link to a thread', () => {
  it('leads to our comment on that page', () => {
    expect(threadLink('line 3', pullRequestPage(shop), 7)).toBe(
      '[line 3](https://github.com/acme/shop/pull/12#discussion_r7)',
    )
  })

  it.each([0, -1, 1.5, Number.NaN, 2 ** 60])('is none for the comment %d', (commentId) => {
    expect(threadLink('thread', pullRequestPage(shop), commentId)).toBe('thread')
  })

  it('is none where the page is not that of a pull request', () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (text, isAfter) => {
        const page = isAfter ? `https://github.com/acme/shop/pull/12${text}` : text
        const { types } = renderedMarkdown(threadLink('thread', page, 7))
        expect(types.has('link')).toBe(/^https:\/\/github\.com\/acme\/shop\/pull\/12\d*$/.test(page))
      }),
    )
  })
})
