import type { ReplyRequest, Utterance } from '@ai-review/protocol/reply'
import type { Question } from '../review/asking/ask-model.ts'
import { shownName, visibleText } from '../review/prompt/shown-text.ts'
import { replyInstructions } from './reply-instructions.ts'

/** How much of a conversation is shown; characters are those of one line of code, or of one comment. */
export interface ReplyRoom {
  readonly hunkLines: number
  readonly lineCharacters: number
  readonly comments: number
  readonly commentCharacters: number
}

/** From the whole conversation to what any context holds; the first that fits is asked. */
export const replyRooms: readonly ReplyRoom[] = [
  { hunkLines: 400, lineCharacters: 2000, comments: 30, commentCharacters: 4000 },
  { hunkLines: 80, lineCharacters: 400, comments: 10, commentCharacters: 2000 },
  { hunkLines: 20, lineCharacters: 200, comments: 4, commentCharacters: 800 },
  { hunkLines: 6, lineCharacters: 120, comments: 2, commentCharacters: 300 },
]

/** Five sentences; llama.cpp refuses a maxLength of exactly 2000. */
const answerSchema: Question['schema'] = {
  type: 'object',
  properties: { answer: { type: 'string', maxLength: 1000 } },
}

/** Tokens of such an answer in a script in which a character is a token. */
export const replyTokens = 1100

/** Text as it is shown: unseen characters written out, what is too long cut with a mark. A bar begins each line, so no text can leave its place. */
function barred(text: string, max: number): string[] {
  const left = text.length - max
  const lines = text.slice(0, max).split(/\r?\n/).map(visibleText)
  return [...lines, ...(left > 0 ? [`⟦${left} more characters not shown⟧`] : [])].map((line) => `| ${line}`)
}

/** The remark stands on the last line, so the first ones go. */
function shownHunk(hunk: string, { hunkLines, lineCharacters }: ReplyRoom): string {
  const lines = hunk.split(/\r?\n/)
  const left = lines.length - hunkLines
  const shown = lines.slice(-hunkLines).flatMap((line) => barred(line, lineCharacters))
  return [...(left > 0 ? [`| ⟦${left} lines not shown⟧`] : []), ...shown].join('\n')
}

function shownComment({ by, text }: Utterance, max: number): string {
  const head = by === 'reviewer' ? 'You, the reviewer:' : 'A person:'
  return [head, ...barred(text, max)].join('\n')
}

/** The remark that the thread began with, and the newest comments. */
function shownThread(thread: ReplyRequest['thread'], { comments, commentCharacters }: ReplyRoom): string {
  const left = thread.length - comments
  const [first, ...later] = thread.map((utterance) => shownComment(utterance, commentCharacters))
  const shown = left > 0 ? [`⟦${left} comments not shown⟧`, ...later.slice(left)] : later
  return [first, ...shown].join('\n\n')
}

/** The question for the next comment of a thread, with as much of it as the room holds. */
export function replyQuestion(request: ReplyRequest, room: ReplyRoom): Question {
  const { path, hunk, thread, language } = request
  const inLanguage = language === undefined ? '' : ` Write it in ${shownName(language)}.`
  const content = [
    `The code, from the file ${shownName(path)}:\n${shownHunk(hunk, room)}`,
    `The thread, oldest comment first:\n\n${shownThread(thread, room)}`,
    `Write your next comment.${inLanguage}`,
  ]
  return {
    messages: [
      { role: 'system', content: replyInstructions },
      { role: 'user', content: content.join('\n\n') },
    ],
    schema: answerSchema,
    maxTokens: replyTokens,
    seed: 1,
  }
}
