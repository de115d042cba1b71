import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { cardPage } from '../personas/card/card-page.ts'
import { cardStyles } from '../personas/card/card-styles.ts'
import type { Personas } from '../personas/personas.ts'
import { ProblemError } from '../problems.ts'

const styleHash = createHash('sha256').update(cardStyles).digest('base64')

/** Nothing but the page's own style sheet: no script, no image, no frame, no form. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * `GET /cards/{name}`: the card as a page. It needs no key: the name cannot be guessed, and whoever has it was given it
 * beside a comment in this style. It holds numbers and sentences, and no past comment.
 */
export function cardRoutes(http: FastifyInstance, { personas }: { readonly personas: () => Personas }): void {
  http.get<{ Params: { name: string } }>(
    '/cards/:name',
    { schema: { hide: true } },
    async (request, reply) => {
      const { name } = request.params
      const status = /^[0-9a-f]{32}$/.test(name) ? await personas().card(name) : null
      if (status === null) {
        throw new ProblemError('not-found', {
          hint: 'The persona was forgotten, or the address is not whole: ask for its card by a new review.',
        })
      }
      return reply
        .headers({
          'content-security-policy': policy,
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex',
        })
        .type('text/html; charset=utf-8')
        .send(cardPage(status))
    },
  )
}
