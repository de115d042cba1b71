import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealOf, trustedIdentities } from '../../../runner/model-server/src/review/seal.ts'

const key = randomBytes(32)
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const sealed = fc.record({
  repositoryId: fc.integer({ min: 1, max: 1e9 }),
  number: fc.integer({ min: 0, max: 1e6 }),
  head: hex(40),
  kind: fc.constantFrom('finding' as const, 'summary' as const),
  identity: hex(64),
})

test('a mark that this server sealed for this pull request is trusted', () => {
  fc.assert(
    fc.property(sealed, (fields) => {
      const mark = {
        kind: fields.kind,
        head: fields.head,
        identity: fields.identity,
        seal: sealOf(key, fields),
      }
      expect(trustedIdentities(key, fields, [mark, mark])).toEqual([fields.identity])
    }),
  )
})

test('a mark of another pull request, repository, head, kind, identity or key is not', () => {
  fc.assert(
    fc.property(sealed, sealed, (fields, other) => {
      const { kind, head, identity } = fields
      const change = { repositoryId: fields.repositoryId, number: fields.number }
      const trust = (seal: string) => trustedIdentities(key, change, [{ kind, head, identity, seal }])
      for (const [name, value] of Object.entries(other)) {
        if (value === fields[name as keyof typeof fields]) continue
        expect(trust(sealOf(key, { ...fields, [name]: value }))).toEqual([])
      }
      expect(trust(sealOf(randomBytes(32), fields))).toEqual([])
    }),
  )
})
