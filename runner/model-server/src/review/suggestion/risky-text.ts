/**
 * Text that a one-click suggestion must not bring in: addresses, downloads, processes, permissions, switched-off
 * checks, new dependencies, hidden characters. A person who wants it can still type it.
 */
const riskyPatterns: readonly RegExp[] = [
  /(?:\b[a-z][a-z0-9+.-]{0,20}:)?\/\/[\w.-]+\.[a-z]{2,}/gi,
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
  /\b(?:curl|wget|fetch|XMLHttpRequest|urlopen|requests\.\w+|http\.Get|URLConnection|nc|ssh|scp)\b/g,
  /\b(?:eval|exec|execSync|spawn|spawnSync|child_process|subprocess|os\.system|popen|ProcessBuilder|Runtime|Function)\b/g,
  /\b(?:chmod|chown|sudo|setuid|permissions?|GRANT|privileged)\b/g,
  /verify\s*=\s*False|rejectUnauthorized|InsecureSkipVerify|NODE_TLS_REJECT_UNAUTHORIZED|--no-check-certificate|strict-ssl|CERT_NONE/gi,
  /\b(?:import|require|from|include|using|package|npm|pip|gem|uses)\b/g,
  /\b(?:atob|btoa|base64|b64decode|fromCharCode|unescape|deserialize|pickle|marshal)\b/g,
  /\b(?:process\.env|os\.environ|getenv|GITHUB_TOKEN|secrets\.\w+)\b/g,
  /eslint-disable|@ts-ignore|@ts-nocheck|noqa|nolint|nosec|NOSONAR|SuppressWarnings|biome-ignore/g,
  /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\t\n\r]]/gv,
]

const occurrences = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? []

/** True if the replacement holds risky text that the replaced lines did not hold as often. */
export function addsRiskyText(replaced: string, replacement: string): boolean {
  return riskyPatterns.some((pattern) => {
    const before = Map.groupBy(occurrences(replaced, pattern), (found) => found)
    const after = Map.groupBy(occurrences(replacement, pattern), (found) => found)
    return [...after].some(([found, times]) => times.length > (before.get(found)?.length ?? 0))
  })
}
