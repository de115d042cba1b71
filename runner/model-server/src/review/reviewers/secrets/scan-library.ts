import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { isMadeUp, isPlaceholder } from './placeholder.ts'

/** A credential found by the scanner library, at a 1-based line of the text. */
interface LibraryHit {
  readonly line: number
  /** The library's rule, such as `github`. */
  readonly rule: string
}

const config = {
  rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, rules: [] }],
}
/** A number of an account is no secret. */
const harmless = new Set(['AWSAccountID'])

function isFalseHit(found: string): boolean {
  const password = /:\/\/[^:/]*:([^@]*)@/.exec(found)?.[1]
  return password === undefined ? isMadeUp(found) : isPlaceholder(password)
}

/** Runs secretlint's recommended rules over a text. Only lines and rules come back, never a value. */
export async function scanWithLibrary(text: string): Promise<readonly LibraryHit[]> {
  const result = await lintSource({
    source: { filePath: 'added-lines.txt', content: text, ext: '.txt', contentType: 'text' },
    options: { config, noPhysicFilePath: true, maskSecrets: true },
  })
  return result.messages
    .filter((message) => !harmless.has(message.messageId))
    .filter((message) => !isFalseHit(text.slice(...message.range)))
    .map((message) => ({
      line: message.loc.start.line,
      rule: message.ruleId.replace(/^.*secretlint-rule-/, ''),
    }))
}
