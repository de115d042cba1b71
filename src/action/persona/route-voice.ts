import type { AskedPersona } from '@ai-review/protocol/review'
import { codeOwners, codeOwnersLimits, codeOwnersPaths } from '../../review/code-owners.ts'
import { matchesAny } from '../../review/globs.ts'
import type { ListedPersona } from '../../review/listed-persona.ts'
import type { Policy } from '../../review/policy.ts'
import type { Selection } from '../../review/select-files.ts'
import type { ChangeSource, Log, PullRequest } from '../../roles.ts'
import { goodToHave } from '../good-to-have.ts'
import { personaNameOf } from './persona-name.ts'
import type { PersonaRoles } from './persona-roles.ts'

interface Routing {
  readonly pullRequest: PullRequest
  readonly policy: Policy
  readonly change: { readonly selection: Selection }
}

interface Roles {
  readonly source: ChangeSource
  readonly log: Log
  readonly persona: () => Promise<PersonaRoles>
}

/** Each is asked for at GitHub and at the server; whoever stands behind them is not. */
const mostAsked = 3

/**
 * The first persona of the policy that is ready and to whom it gives files of the change, by its globs or by CODEOWNERS
 * at the base; undefined where there is none. That one cannot be asked for costs the review nothing but that voice.
 */
export async function routeVoice(routing: Routing, roles: Roles): Promise<AskedPersona | undefined> {
  let found: AskedPersona | undefined
  await goodToHave(async () => {
    const candidates = await routedPersonas(routing, roles.source)
    for (const candidate of candidates.slice(0, mostAsked)) {
      found ??= await askFor(candidate, routing, roles)
    }
  }, roles.log)
  return found
}

interface Candidate {
  readonly listed: ListedPersona
  readonly files: readonly string[]
}

async function routedPersonas(
  { pullRequest, policy, change }: Routing,
  source: ChangeSource,
): Promise<Candidate[]> {
  const paths = change.selection.selected.map(({ path }) => path)
  const needsOwners = paths.length > 0 && policy.personas.some(({ codeowners }) => codeowners)
  const owns = needsOwners ? codeOwners(await readCodeOwners(source, pullRequest.base.sha)) : () => false
  return policy.personas
    .map((listed) => {
      const isListed = matchesAny(listed.paths)
      const files = paths.filter((path) => isListed(path) || (listed.codeowners && owns(path, listed.login)))
      return { listed, files }
    })
    .filter(({ files }) => files.length > 0)
}

async function readCodeOwners(source: ChangeSource, sha: string): Promise<string> {
  const { entries } = await source.tree(sha)
  const path = codeOwnersPaths.find((wanted) =>
    entries.some((entry) => entry.path === wanted && entry.kind === 'file'),
  )
  return path === undefined ? '' : ((await source.fileText(sha, path, codeOwnersLimits.bytes)) ?? '')
}

async function askFor(
  { listed, files }: Candidate,
  { pullRequest }: Routing,
  { persona }: Roles,
): Promise<AskedPersona | undefined> {
  const { history, personas } = await persona()
  const person = await history.account(listed.login)
  if (person === null) return undefined
  const { state } = await personas.status(personaNameOf(pullRequest, person))
  if (state !== 'ready') return undefined
  return { ...askedPersona(listed, person), beside: true, files: [...files] }
}

/** The voice of a listed person alone, on the whole change. */
export function askedPersona(
  { name }: ListedPersona,
  { id, login }: { readonly id: number; readonly login: string },
): AskedPersona {
  return { id, login, beside: false, ...(name === undefined ? {} : { name }) }
}
