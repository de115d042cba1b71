import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/action/command.ts'
import { isDeclining } from '../../src/action/is-declining.ts'
import { parseCommand } from '../../src/action/parse-command.ts'
import { defaultPolicy } from '../../src/review/policy.ts'
import { mistakeSentences } from '../../src/review/render-answer.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/commands.md'), 'utf8')

/** Rows of the table under this head, each with the text of its first cell and the words of the others. */
function rowsUnder(head: string): { comment: string; cells: string[] }[] {
  const [, after = ''] = page.split(`${head}\n`)
  const [table = ''] = after.split('\n\n')
  return table
    .split('\n')
    .slice(1)
    .map((row) => {
      const [, , comment = '', rest = ''] = /^\| (`+) ?(.+?) ?\1 \| (.+) \|$/.exec(row) ?? []
      return { comment, cells: rest.split(' | ') }
    })
}

/** A command in the words of the page. */
function wordsFor(command: Command | null): string {
  if (command === null) return 'nothing'
  switch (command.kind) {
    case 'help':
      return 'help'
    case 'mistake':
      return `mistake: ${command.problem}`
    case 'opt-in':
      return 'opt-in'
    case 'forget':
      return ['forget', ...(command.username === undefined ? [] : [command.username])].join(' ')
    case 'persona':
      return `persona ${command.username}`
    case 'review':
      return ['review', ...(command.full || command.effort ? ['full'] : []), command.effort ?? '']
        .filter((word) => word !== '')
        .join(', ')
  }
}

describe('docs/commands.md', () => {
  const commands = rowsUnder('| comment | read as | what happens |')
  const replies = rowsUnder('| reply | declines |')

  test.each(commands)('$comment is read as the page says', ({ comment, cells }) => {
    expect(wordsFor(parseCommand(comment, 'tech-lead-bot'))).toBe(cells[0])
  })

  test('shows every kind of command and of mistake', () => {
    const shown = commands.map(({ cells }) => cells[0])
    expect(shown).toEqual(
      expect.arrayContaining([
        'review',
        'help',
        'opt-in',
        'forget',
        'nothing',
        ...Object.keys(mistakeSentences).map((one) => `mistake: ${one}`),
      ]),
    )
  })

  test.each(replies)('$comment declines, or not, as the page says', ({ comment, cells }) => {
    expect(isDeclining(comment)).toBe(cells[0] === 'yes')
  })

  test('names the role that is needed unless the policy says otherwise', () => {
    expect(page).toContain(
      `People whose role in the repository is \`${defaultPolicy.commands.allow}\` or above`,
    )
    expect(replies.length).toBeGreaterThan(5)
  })
})
