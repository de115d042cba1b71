import type { Severity } from '@ai-review/protocol/finding'

/** A credential that can be told by its shape alone. The first group of `pattern`, or the whole match, is the value. */
interface Shape {
  readonly id: string
  readonly kind: string
  readonly severity: Severity
  readonly confidence: number
  readonly pattern: RegExp
}

/** Shapes that the scanner library does not know, or does not report. Every repetition is bounded. */
export const shapes: readonly Shape[] = [
  {
    id: 'secret-aws-key-id',
    kind: 'An AWS access key id',
    severity: 'high',
    confidence: 0.85,
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
  },
  {
    id: 'secret-google-key',
    kind: 'A Google API key',
    severity: 'high',
    confidence: 0.8,
    pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g,
  },
  {
    id: 'secret-openai-key',
    kind: 'A key of a model provider',
    severity: 'critical',
    confidence: 0.85,
    pattern:
      /(?<![A-Za-z0-9_-])sk-(?:proj-|svcacct-|ant-[a-z0-9]{2,6}-|or-v1-)?[A-Za-z0-9_-]{32,200}(?![A-Za-z0-9_-])/g,
  },
  {
    id: 'secret-jwt',
    kind: 'A signed token (JWT)',
    severity: 'high',
    confidence: 0.7,
    pattern:
      /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20,2000}/g,
  },
  {
    id: 'secret-azure-key',
    kind: 'An Azure account key',
    severity: 'critical',
    confidence: 0.9,
    pattern: /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{43,86}={1,2})/g,
  },
  {
    id: 'secret-pypi-token',
    kind: 'A PyPI token',
    severity: 'critical',
    confidence: 0.9,
    pattern: /(?<![A-Za-z0-9])pypi-AgE[A-Za-z0-9_-]{50,400}/g,
  },
  {
    id: 'secret-digitalocean-token',
    kind: 'A DigitalOcean token',
    severity: 'critical',
    confidence: 0.9,
    pattern: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}(?![a-f0-9])/g,
  },
  {
    id: 'secret-telegram-token',
    kind: 'A Telegram bot token',
    severity: 'high',
    confidence: 0.85,
    pattern: /(?<![0-9A-Za-z])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g,
  },
  {
    id: 'secret-discord-webhook',
    kind: 'A Discord webhook',
    severity: 'high',
    confidence: 0.85,
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/([A-Za-z0-9_-]{60,80})/g,
  },
  {
    id: 'secret-hugging-face-token',
    kind: 'A Hugging Face token',
    severity: 'high',
    confidence: 0.85,
    pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{34}(?![A-Za-z0-9])/g,
  },
  {
    id: 'secret-age-key',
    kind: 'An age private key',
    severity: 'critical',
    confidence: 0.95,
    pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/g,
  },
  {
    id: 'secret-url-password',
    kind: 'A password in a connection address',
    severity: 'high',
    confidence: 0.75,
    pattern:
      /(?<![a-z])(?:rediss?|amqps?|ldaps?|smtps?|sftp|ssh|clickhouse|mariadb|mssql|sqlserver|nats|mqtts?):\/\/[^\s:@/"'`]{0,100}:([^\s@/"'`]{6,200})@/gi,
  },
  {
    id: 'secret-bearer',
    kind: 'A bearer token',
    severity: 'high',
    confidence: 0.7,
    pattern:
      /["'`](?:Authorization:\s{0,3})?(?:Bearer|Basic|token)\s{1,3}([A-Za-z0-9._~+/-]{24,2000}={0,2})["'`]/g,
  },
]
