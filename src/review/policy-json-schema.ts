import { z } from 'zod'
import { Policy } from './policy.ts'

/** JSON Schema of the policy file, for editors (`# yaml-language-server: $schema=…`). */
export function policyJsonSchema(): object {
  return z.toJSONSchema(Policy, { io: 'input', target: 'draft-7' })
}
