import { expect, test } from 'vitest'
import { cardPage } from '../../../../runner/model-server/src/personas/card/card-page.ts'
import { profileOf } from '../../../../runner/model-server/src/personas/style/style-profile.ts'

const pageOf = (bodies: readonly string[]): string =>
  cardPage({
    owner: 'acme',
    repository: 'shop',
    login: 'maintainer',
    state: 'ready',
    consent: null,
    comments: bodies.length,
    silences: 0,
    window: null,
    collection: null,
    style: profileOf(bodies, []),
    training: null,
    versions: [],
    trains: false,
    card: null,
  })

test('a share stands with its interval, which is wide for few comments', () => {
  const asked = (count: number) =>
    Array.from({ length: count }, (_, index) => (index % 5 === 0 ? 'why so?' : 'close it'))
  expect(pageOf(asked(20))).toContain('20 % (8–42)')
  expect(pageOf(asked(500))).toContain('20 % (17–24)')
})

test('the card says what one in ten reaches, and what is known by English words only', () => {
  const page = pageOf(Array.from({ length: 20 }, () => '请关闭套接字'))
  expect(page).toContain('Half of them have 3 words or fewer; one in ten has 3 or more.')
  expect(page).toContain('English words only')
})
