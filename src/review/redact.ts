const redacted = '[redacted]'

// Shapes as their issuers document them. Each is bounded or ends at a character class, so matching stays linear.
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /\bgh[opusr]_[A-Za-z0-9]{20,255}/g,
  /\bgithub_pat_[A-Za-z0-9_]{22,255}/g,
  /\bglpat-[A-Za-z0-9_-]{20,255}/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /(?<=aws.{0,40}["'`=:\s])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
  /\bxapp-[0-9]-[A-Za-z0-9-]{10,255}/g,
  /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{10,255}/g,
  /\beyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{0,4096}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bya29\.[A-Za-z0-9_-]{20,512}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}/g,
  /\bwhsec_[A-Za-z0-9+/=]{20,255}/g,
  /\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{20,255}/g,
  /\bnpm_[A-Za-z0-9]{36}/g,
  /\bpypi-[A-Za-z0-9_-]{50,512}/g,
  /\bhf_[A-Za-z0-9]{30,255}/g,
  /\bdo[opr]_v1_[a-f0-9]{64}/g,
  /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,128}/g,
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g,
  /\bdckr_pat_[A-Za-z0-9_-]{20,255}/g,
  /\bhvs\.[A-Za-z0-9_-]{20,255}/g,
  /(?<=AccountKey=)[A-Za-z0-9+/=]{40,128}/g,
  // Headers by which requests are let in. A word follows in prose, so what is hidden holds a digit or mixed case.
  /(?<=(?:[Aa]uthorization|AUTHORIZATION)["'`]?\s{0,5}[:=,]\s{0,5}["'`]?(?:[Bb]earer|BEARER|[Tt]oken)\s{1,5})(?=[A-Za-z._~+/=-]{0,512}\d)[A-Za-z0-9._~+/=-]{16,4096}/g,
  /(?<=(?:[Aa]uthorization|AUTHORIZATION)["'`]?\s{0,5}[:=,]\s{0,5}["'`]?(?:[Bb]asic|BASIC)\s{1,5})(?=[A-Za-z+/]{0,512}(?:\d|[a-z][A-Z]))[A-Za-z0-9+/]{8,4096}={0,2}/g,
  /(?<=\b[Bb]earer\s{1,5})(?=[A-Za-z_-]{0,512}\d)[A-Za-z0-9_-]{20,4096}/g,
  /(?<=[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,80}:)[^\s@/]{3,200}(?=@)/gi,
  /(?<=(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)["'`]?\s{0,5}[:=]\s{0,5}["'`])[^"'`\s]{8,512}(?=["'`])/gi,
]

/** Replaces what looks like a credential by `[redacted]`: the last look at every text that leaves for GitHub. */
export function redactSecrets(text: string): string {
  return shapes.reduce((rest, shape) => rest.replace(shape, redacted), text)
}
