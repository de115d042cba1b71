import { Login } from '@ai-review/protocol/persona'
import { z } from 'zod'
import { isBotAccount } from '../../roles.ts'
import type { Octokit } from '../client/octokit.ts'
import { asHttpError, translating } from '../client/translate-error.ts'

const Account = z.object({ id: z.int().min(1), login: Login, type: z.string() })
const readingAccount = { doing: 'looking for the account of a lead', permission: 'metadata: read' }

/** The person's account with this login; null where there is none, or a bot or an organisation goes by it. */
export function findAccount(
  octokit: Octokit,
  login: string,
): Promise<{ readonly id: number; readonly login: string } | null> {
  return translating(readingAccount, async () => {
    if (!Login.safeParse(login).success) return null
    try {
      const { data } = await octokit.rest.users.getByUsername({ username: login })
      const account = Account.safeParse(data)
      if (!account.success) return null
      const { id, type, ...named } = account.data
      return isBotAccount({ kind: type, ...named }) ? null : { id, ...named }
    } catch (error) {
      if (asHttpError(error)?.status === 404) return null
      throw error
    }
  })
}
