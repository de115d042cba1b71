import { type Answer, type Call, type Routes, repositoryOf } from '../call.ts'
import { completeAnswer } from '../complete-answer.ts'
import { notAccessible, notFound, Refusal } from '../refusal.ts'
import { userJson } from '../render.ts'
import { userOf } from '../state.ts'

function permission(call: Call): Answer {
  const repository = repositoryOf(call)
  const login = call.parameters.username ?? ''
  const known = call.world.users.get(login)
  if (known === undefined) throw new Refusal(404, `${login} is not a user`)
  const role = login === repository.owner ? 'admin' : (repository.roles.get(login) ?? 'none')
  const user = { ...userJson(call.world, userOf(call.world, login)), role_name: role }
  const body = completeAnswer(
    'repository-collaborator-permission',
    { permission: role, role_name: role, user },
    call.world.base,
  )
  return { status: 200, body }
}

function currentUser(call: Call): Answer {
  // The token of a workflow belongs to no user.
  if (call.token.kind !== 'personal') throw notAccessible()
  return {
    status: 200,
    body: completeAnswer('public-user', userJson(call.world, call.token.user), call.world.base),
  }
}

function user(call: Call): Answer {
  const wanted = (call.parameters.username ?? '').toLowerCase()
  const known = [...call.world.users.values()].find(({ login }) => login.toLowerCase() === wanted)
  if (known === undefined) throw notFound()
  return { status: 200, body: completeAnswer('public-user', userJson(call.world, known), call.world.base) }
}

function rateLimit(call: Call): Answer {
  const limit = { limit: 1000, remaining: call.token.remaining, reset: 0, used: 1000 - call.token.remaining }
  const resources = { core: limit, graphql: limit, search: limit }
  return {
    status: 200,
    body: completeAnswer('rate-limit-overview', { resources, rate: limit }, call.world.base),
  }
}

export const accountRoutes: Routes = {
  'repos/get-collaborator-permission-level': { needs: ['metadata', 'read'], handle: permission },
  'users/get-authenticated': { handle: currentUser },
  'users/get-by-username': { handle: user },
  'rate-limit/get': { handle: rateLimit },
}
