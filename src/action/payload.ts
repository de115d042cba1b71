import { isBotAccount, type Person } from '../roles.ts'

const longestNumber = 2_000_000_000

/** The number of a pull request, from a payload or as a person writes it; null for anything else. */
export function pullRequestNumber(value: unknown): number | null {
  const isWritten = typeof value === 'string' && /^\d{1,10}$/.test(value)
  const number = isWritten ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number)) return null
  return number >= 1 && number <= longestNumber ? number : null
}

/** A number by which GitHub names something: positive, and exact. */
export function idOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : null
}

export function isSha(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(value)
}

/** A moment as GitHub writes it: ISO 8601, in UTC. */
export function isMoment(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value)
}

/** An account in a payload; null where it is none. */
export function personOf(value: unknown): (Person & { readonly id: number }) | null {
  const id = idOf(at(value, 'id'))
  const login = at(value, 'login')
  if (id === null || typeof login !== 'string' || !/^[\w[\]-]{1,100}$/.test(login)) return null
  return { id, login, isBot: isBotAccount({ kind: at(value, 'type'), login }) }
}

/** What stands at a path of own keys in JSON; undefined where the path ends early. */
export function at(json: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    json,
  )
}
