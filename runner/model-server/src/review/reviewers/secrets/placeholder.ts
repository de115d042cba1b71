const placeholderWord =
  /(^|[^a-z])(change_?me|changeit|replace_?me|example|sample|dummy|fake|test(ing)?|mock|placeholder|redacted|your|todo|fixme|foo(bar)?|bar|baz|default|secret|passw(or)?d|pass|token|none|null|undefined|true|false|empty|invalid|wrong|not[-_ ]?set|insert|my)([^a-z]|$)/i
const reference = /\$\{|\$\(|\{\{|\}\}|<[^>]*>|%\(|%[sdv]|\$[A-Za-z_]|process\.env|os\.environ|getenv|\bENV\[/
const fillers = /^(.)\1*$|^[x*.#_-]{3,}|x{4,}|\*{3,}|\.{3}|1234(5678)?|abcd(efgh)?|0{6,}|qwert/i

/** Whether a value of the right shape was still made up by hand: it refers to something, repeats itself, or says so. */
export function isMadeUp(value: string): boolean {
  return reference.test(value) || fillers.test(value) || /example/i.test(value)
}

/** Whether a value stands for a password or key instead of being one. Short words could occur in a random key. */
export function isPlaceholder(value: string): boolean {
  return isMadeUp(value) || placeholderWord.test(value)
}

/** Shannon entropy in bits per character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>()
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1)
  const shares = [...counts.values()].map((count) => count / value.length)
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0)
}
