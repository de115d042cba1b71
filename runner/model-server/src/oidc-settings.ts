import { resolve } from 'node:path'
import { z } from 'zod'
import { list } from './setting-kinds.ts'

/** Ids of GitHub: names pass from one to another, numbers do not. */
const ids = list
  .pipe(
    z
      .array(z.string().regex(/^[1-9]\d{0,15}$/, 'must be numbers, separated by commas'))
      .min(1, 'holds no number'),
  )
  .transform((numbers): ReadonlySet<number> => new Set(numbers.map(Number)))

/** Plain HTTP is for an issuer on this machine alone: whoever answers in its place signs what they like. */
function isSafe(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere)
}
const unsafe = 'must be an https:// URL'

/** The variables that say whose workflow tokens are let in. Descriptions as in config.ts. */
export const oidcSettings = {
  OIDC_ISSUER: z
    .string()
    .refine(isSafe, unsafe)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe(
      'Issuer of workflow tokens that are taken in place of keys: https://token.actions.githubusercontent.com, or https://HOST/_services/token of an Enterprise Server. Unset: keys alone.',
    ),
  OIDC_AUDIENCE: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:\/\/[^/?#@]+\/?$/.test(text), {
      error: 'must be the address of this server without a path, such as http://gpu-box:8787',
    })
    .transform((text) => new URL(text).origin)
    .optional()
    .describe(
      'Address of this server as workflows write it in server-url, without a path: a token that was made for another is refused.',
    ),
  OIDC_OWNERS: ids
    .optional()
    .describe('Numbers of the owners whose repositories may ask, separated by commas.'),
  OIDC_REPOSITORIES: ids
    .optional()
    .describe(
      'Numbers of the repositories that may ask. One of both lists is needed; with both a token must stand in both.',
    ),
  OIDC_JWKS: z
    .string()
    .refine((text) => !/^[a-z]+:\/\//i.test(text) || isSafe(text), 'must be a path, or an https:// URL')
    .optional()
    .describe(
      "File or URL of the issuer's keys (JWKS), for networks that do not reach the issuer. Unset: asked of the issuer.",
    ),
  OIDC_RUNNERS: z
    .enum(['self-hosted', 'any'], 'must be self-hosted or any')
    .default('self-hosted')
    .describe('Runners whose tokens are taken: self-hosted, or any.'),
  OIDC_BRANCHES: list
    .pipe(
      z
        .array(z.string().regex(/^[^\s~^:?*[\\]{1,250}$/, 'must be names of branches'))
        .min(1, 'holds no branch'),
    )
    .optional()
    .describe(
      'Branches of which a dispatched run may change personas, separated by commas. Unset: those that GitHub protects.',
    ),
}

type Settings = z.output<z.ZodObject<typeof oidcSettings>>

/** Where the issuer's keys are read. */
export type KeySource =
  | { readonly kind: 'issuer' }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string }

export interface OidcConfig {
  /** Without a slash at the end. */
  readonly issuer: string
  readonly audience: string
  /** Null: any, where the other list tells who. */
  readonly owners: ReadonlySet<number> | null
  readonly repositories: ReadonlySet<number> | null
  readonly keys: KeySource
  readonly selfHostedOnly: boolean
  /** Null: those that GitHub protects. */
  readonly branches: readonly string[] | null
}

export function oidcContradictions(set: Settings): string[] {
  if (set.OIDC_ISSUER === undefined) {
    const others = [
      'OIDC_AUDIENCE',
      'OIDC_OWNERS',
      'OIDC_REPOSITORIES',
      'OIDC_JWKS',
      'OIDC_BRANCHES',
    ] as const
    const isSet = others.some((name) => set[name] !== undefined)
    return isSet ? ['OIDC_ISSUER: must be set for the other settings of OIDC to mean anything'] : []
  }
  return [
    ...(set.OIDC_AUDIENCE === undefined
      ? [
          'OIDC_AUDIENCE: must be the address of this server, else tokens that were made for others were good here',
        ]
      : []),
    ...(set.OIDC_OWNERS === undefined && set.OIDC_REPOSITORIES === undefined
      ? ['OIDC_OWNERS: must be set, or OIDC_REPOSITORIES, else every repository of the host could ask']
      : []),
  ]
}

/** Undefined: no tokens are taken. */
export function oidcConfigOf(set: Settings): OidcConfig | undefined {
  if (set.OIDC_ISSUER === undefined || set.OIDC_AUDIENCE === undefined) return undefined
  return {
    issuer: set.OIDC_ISSUER,
    audience: set.OIDC_AUDIENCE,
    owners: set.OIDC_OWNERS ?? null,
    repositories: set.OIDC_REPOSITORIES ?? null,
    keys: keySourceOf(set.OIDC_JWKS),
    selfHostedOnly: set.OIDC_RUNNERS === 'self-hosted',
    branches: set.OIDC_BRANCHES ?? null,
  }
}

function keySourceOf(text: string | undefined): KeySource {
  if (text === undefined) return { kind: 'issuer' }
  return /^https?:\/\//i.test(text) ? { kind: 'url', url: text } : { kind: 'file', path: resolve(text) }
}
