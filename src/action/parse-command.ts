import type { Effort } from '@ai-review/protocol/review'
import type { Mistake } from '../review/render-answer.ts'
import type { Command } from './command.ts'
import { isEffort } from './effort-name.ts'
import { ownWords } from './own-words.ts'

interface Asked {
  username?: string
  effort?: Effort
  forceReload: boolean
  full: boolean
  optIn: boolean
  forget: boolean
}

/** GitHub's rule for logins; those of managed users end with `_` and a short code. */
const login = /^(?=.{1,39}$)[a-z\d](?:[a-z\d]|-(?=[a-z\d]))*(?:_[a-z\d]+)?$/i
const longestLine = 1000

/**
 * The first command in a comment, from its author's own words: `@name [username] [--force-reload] [--full]
 * [--effort quick|standard|deep] [--opt-in] [--forget] [--help]`, at the start of a line. Null where nobody speaks to us.
 */
export function parseCommand(text: string, mentionName: string): Command | null {
  // Most comments have nothing to do with us, and need no parser.
  if (!text.toLowerCase().includes(`@${mentionName.toLowerCase()}`)) return null
  const mention = mentionAtStart(mentionName)
  for (const line of ownWords(text)) {
    const found = mention.exec(line)
    if (found !== null) return readWords(wordsOf(found.groups?.rest ?? ''))
  }
  return null
}

/** The name ends where GitHub ends it: `@name-2`, `@names`, `@name[bot]` and `@name/team` are others. */
function mentionAtStart(name: string): RegExp {
  return new RegExp(`^ {0,3}@${name}[,.:;!?]*(?:\\s(?<rest>.*))?$`, 'is')
}

function wordsOf(rest: string): string[] {
  return rest
    .slice(0, longestLine)
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[,.:;!?]+$/, '').replace(/^[—–]/, '--'))
    .filter((word) => word !== '')
}

function readWords(words: readonly string[]): Command {
  if (words.some((word) => word.toLowerCase() === '--help')) return { kind: 'help' }
  const asked: Asked = { forceReload: false, full: false, optIn: false, forget: false }
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const isEffortAlone = word.toLowerCase() === '--effort'
    const problem = isEffortAlone ? readEffort(words[++index] ?? '', asked) : readWord(word, asked)
    if (problem !== null) return { kind: 'mistake', problem }
  }
  return commandOf(asked)
}

function readWord(word: string, asked: Asked): Mistake | null {
  if (!word.startsWith('-')) return readUsername(word, asked)
  const flag = word.toLowerCase()
  if (flag.startsWith('--effort=')) return readEffort(flag.slice('--effort='.length), asked)
  if (flag === '--full') asked.full = true
  else if (flag === '--force-reload') asked.forceReload = true
  else if (flag === '--opt-in') asked.optIn = true
  else if (flag === '--forget') asked.forget = true
  else return 'unknown-flag'
  return null
}

function readEffort(word: string, asked: Asked): Mistake | null {
  const effort = word.toLowerCase()
  if (!isEffort(effort)) return 'bad-effort'
  asked.effort = effort
  return null
}

function readUsername(word: string, asked: Asked): Mistake | null {
  if (asked.username !== undefined) return 'extra-words'
  const username = word.replace(/^@/, '')
  if (!login.test(username)) return 'bad-username'
  asked.username = username
  return null
}

function commandOf(asked: Asked): Command {
  if (asked.optIn || asked.forget) return consentOf(asked)
  const { username, effort, forceReload, full } = asked
  const how = { full, ...(effort === undefined ? {} : { effort }) }
  if (username !== undefined) return { kind: 'persona', username, forceReload, ...how }
  // There is nothing to reload but a persona.
  return forceReload ? { kind: 'mistake', problem: 'name-missing' } : { kind: 'review', ...how }
}

/** Nobody can agree for another, and none of the other flags means anything beside these. */
function consentOf({ username, effort, forceReload, full, optIn, forget }: Asked): Command {
  const isMixed = (optIn && forget) || forceReload || full || effort !== undefined
  if (isMixed) return { kind: 'mistake', problem: 'mixed-flags' }
  if (forget) return { kind: 'forget', ...(username === undefined ? {} : { username }) }
  return username === undefined ? { kind: 'opt-in' } : { kind: 'mistake', problem: 'opt-in-for-another' }
}
