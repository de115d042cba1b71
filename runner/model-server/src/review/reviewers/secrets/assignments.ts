import { entropyOf, isPlaceholder } from './placeholder.ts'

const name =
  '[A-Za-z0-9_.-]{0,40}(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?[A-Za-z0-9_]{0,20}'
const quoted = new RegExp(
  `(?<![A-Za-z0-9_.-])(${name})["'\\]]{0,2}\\s{0,4}(?::=|=>|[:=])\\s{0,4}["'\`]([^"'\`\\s]{8,200})["'\`]`,
  'gi',
)
const bare = new RegExp(
  `^\\s{0,20}(?:export\\s{1,4}|-\\s{1,4})?(${name})\\s{0,4}[:=]\\s{0,4}([^"'\`\\s#]{8,200})\\s{0,20}$`,
  'i',
)
/** Files in which values stand without quotes. */
const settingsFile = /(^|\/)\.env(\.[\w-]+)?$|\.(env|properties|ini|cfg|conf|toml|ya?ml)$/i

/** Names that only speak of a secret: where it is, what kind it is, what it is called. */
const aboutSecret =
  /(type|name|field|label|id|url|uri|path|file|key_?name|header|prefix|suffix|length|size|regexp?|pattern|policy|hint|text|title|message|error|placeholder|param(eter)?|column|env|var|ref|selector|input|page|route|endpoint|class|hash|algorithm|format|expiry|ttl|count|limit|index|arn|public_?key|pub)$/i
const identifierLike = /^[A-Za-z_$][\w$]*(?:[.:/-][\w$]+)*$/
const address = /^(https?:|\/|\.{1,2}\/|[a-z]+:\/\/)/i

function isPassword(name: string): boolean {
  return /(passw(or)?d|passphrase|pwd)/i.test(name)
}

/** A password: letters with digits or signs, so no word, key of a translation, or path. */
function looksLikePassword(value: string): boolean {
  const hasSign = /[^\w.:/ -]/.test(value)
  const isMixed = /[A-Za-z]/.test(value) && /\d/.test(value)
  if (/^[a-z]+(?:[._-][a-z]+)*\d{0,1}$/i.test(value)) return false
  return (isMixed || (hasSign && /[A-Za-z]/.test(value))) && entropyOf(value) >= 2.5
}

/** A token: long and without the pattern of words. */
function looksLikeToken(value: string): boolean {
  if (value.length < 16 || !/[A-Za-z]/.test(value) || !/\d/.test(value)) return false
  const hasWords = identifierLike.test(value) && /[A-Za-z]{6,}/.test(value) && /[._:/-]/.test(value)
  return !hasWords && entropyOf(value) >= 3.4
}

function isSecret(name: string, value: string): boolean {
  if (aboutSecret.test(name) || address.test(value) || isPlaceholder(value) || /[(){}[\]]/.test(value))
    return false
  return isPassword(name) ? looksLikePassword(value) : looksLikeToken(value)
}

/** Whether a line gives a name such as `password` or `api_key` a value that looks like a real one. */
export function assignsSecret(path: string, line: string): boolean {
  for (const match of line.matchAll(quoted)) if (isSecret(match[1] ?? '', match[2] ?? '')) return true
  if (!settingsFile.test(path)) return false
  const match = bare.exec(line)
  return match !== null && isSecret(match[1] ?? '', match[2] ?? '')
}
