import { ordersIn } from './bot-orders.ts'
import { withoutMarks } from './marker.ts'
import { visibleText } from './visible-text.ts'

const mostLines = 20

// What one click must not bring in: addresses, shells, evaluation, install hooks, wide permissions, TLS turned off.
const risks: readonly RegExp[] = [
  /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'`<>)]+/gi,
  /\b(?:curl|wget|eval|Function|exec(?:Sync|File|FileSync)?|spawn(?:Sync)?|system|popen|subprocess|child_process|Invoke-Expression|iex|powershell)\b/gi,
  /\b(?:base64|atob|fromCharCode|pickle|deserialize|chmod|sudo|setuid|unsafe|insecure|no-check-certificate)\b/gi,
  /\|\s*(?:sh|bash|zsh|python3?|node|perl|ruby)\b/gi,
  /["'](?:pre|post)?(?:install|prepare|pack|publish)["']\s*:/gi,
  /\b(?:write-all|pull_request_target|permissions\s*:|uses\s*:\s*\S+)/gi,
  /\b(?:rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|InsecureSkipVerify|verify\s*=\s*False|CERT_NONE|_create_unverified_context|TrustAll\w*)\b/gi,
  /^\s*(?:from|import|use|using|#\s*include)\s+\S+/gim,
  /\b(?:from|import|require)\s*\(?\s*["'][^"'\s]+/gi,
  /^\s*["']?[\w@/.-]+["']?\s*:\s*["'][\^~]?\d+\.[^"']*/gim,
]

function tokensOf(text: string): Set<string> {
  const tokens = risks.flatMap((risk) => text.match(risk) ?? [])
  return new Set(tokens.map((token) => token.toLowerCase().replace(/\s+/g, ' ').trim()))
}

/**
 * Whether a suggestion may be offered for one click. `original` is the text that it replaces: what stands there already
 * may stand in the suggestion too.
 */
export function isSafeSuggestion(suggestion: string, original: string): boolean {
  if (suggestion.split('\n').length > mostLines) return false
  if (withoutMarks(visibleText(suggestion)) !== suggestion) return false
  // An order is one wherever it was copied from: the comment is ours.
  if (ordersIn(suggestion).length > 0) return false
  const before = tokensOf(original)
  return [...tokensOf(suggestion)].every((token) => before.has(token))
}
