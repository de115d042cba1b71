import { Severity } from '@ai-review/protocol/finding'
import { Login } from '@ai-review/protocol/persona'
import { Effort } from '@ai-review/protocol/review'
import { z } from 'zod'
import { globProblem } from './globs.ts'

/** Bounds that keep a policy from costing more than the change it is about. */
export const policyLimits = {
  bytes: 65_536,
  depth: 20,
  globs: 200,
  globLength: 256,
  instructions: 20,
  instructionLength: 4000,
} as const

const Glob = z
  .string()
  .min(1)
  .max(policyLimits.globLength)
  .superRefine((pattern, context) => {
    const problem = pattern.length > policyLimits.globLength ? null : globProblem(pattern)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
const Globs = z.array(Glob).max(policyLimits.globs)

const Instruction = z.strictObject({
  paths: Globs.min(1).describe('Globs of the files that the text is about.'),
  text: z
    .string()
    .min(1)
    .max(policyLimits.instructionLength)
    .describe('What a reviewer of these files must know, in plain words.'),
})

/**
 * The repository's own settings, as they stand in `.github/ai-review.yml` at the base commit.
 * Every key is optional in the file; a parsed policy has them all except `effort` and `language`.
 */
export const Policy = z
  .strictObject({
    include: Globs.min(1)
      .default(['**'])
      .describe('Globs of files to review; a file that matches none is skipped.'),
    exclude: Globs.default([]).describe('Globs of files to leave alone; they win over `include`.'),
    'max-files': z
      .int()
      .min(1)
      .max(3000)
      .default(1000)
      .describe('Most files reviewed in one run; the rest is listed as not reviewed.'),
    'max-changed-lines': z
      .int()
      .min(1)
      .max(100_000)
      .default(3000)
      .describe('A file with more changed lines than this is listed as not reviewed.'),
    'max-comments': z
      .int()
      .min(0)
      .max(50)
      .default(10)
      .describe('Most line comments in one run; the rest stands in the summary.'),
    'min-severity': Severity.default('low').describe('Findings below this severity are counted, not shown.'),
    'min-confidence': z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('Findings below this confidence are counted, not shown.'),
    'fail-on': z
      .enum([...Severity.options, 'never'])
      .default('never')
      .describe('The check fails when a finding of this severity or above is shown.'),
    'review-drafts': z.boolean().default(false).describe('Whether draft pull requests are reviewed.'),
    commands: z
      .strictObject({
        allow: z
          .enum(['read', 'triage', 'write', 'maintain', 'admin'])
          .default('write')
          .describe('Least role in the repository that may give commands and decline findings.'),
      })
      .default({ allow: 'write' })
      .describe('Who may talk to the reviewer.'),
    personas: z
      .array(
        z.strictObject({
          login: Login.describe('Account of the person, who has to agree as well.'),
          name: z
            .string()
            .regex(/^[\p{L}\p{N}][\p{L}\p{N} .'’()-]{0,59}$/u)
            .optional()
            .describe(
              'How the person is called in what is written in their style; the login where left out.',
            ),
          paths: Globs.default([]).describe(
            'Globs of files that this voice reviews unasked, beside the reviewer; none: it speaks when asked.',
          ),
          codeowners: z
            .boolean()
            .default(false)
            .describe('Whether it also reviews unasked the files that CODEOWNERS gives to the person.'),
          refresh: z
            .enum(['never', 'weekly'])
            .default('never')
            .describe('How often its adapter is trained again on newer comments.'),
        }),
      )
      .max(50)
      .superRefine((personas, context) => {
        const logins = personas.map(({ login }) => login.toLowerCase())
        logins.forEach((login, index) => {
          if (logins.indexOf(login) === index) return
          context.addIssue({ code: 'custom', path: [index, 'login'], message: 'is listed twice' })
        })
      })
      .default([])
      .describe('People in whose style reviews may be written, if they agree.'),
    effort: Effort.optional().describe(
      'How thorough to be; left out, the server chooses what meets the deadline.',
    ),
    language: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N} ()-]{1,39}$/u)
      .optional()
      .describe('Language of the comments, such as `English` or `pt-BR`.'),
    rules: z
      .strictObject({
        disable: z
          .array(z.string().min(1).max(200))
          .max(500)
          .default([])
          .describe('Ids of rules that are never raised.'),
      })
      .default({ disable: [] })
      .describe('Settings of the deterministic rules.'),
    instructions: z
      .array(Instruction)
      .max(policyLimits.instructions)
      .default([])
      .describe('Guidance for the files that match the globs.'),
  })
  .describe('Policy of ai-review: what is reviewed, what is shown, and when the check fails.')
export type Policy = z.infer<typeof Policy>

/** What holds where the repository says nothing. */
export const defaultPolicy: Policy = Policy.parse({})
