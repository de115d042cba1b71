/** What the scanner library's rules find, in words, by rule; another rule finds "A credential". */
export const libraryKinds: Readonly<Record<string, string>> = {
  anthropic: 'An Anthropic key',
  aws: 'An AWS credential',
  basicauth: 'A password in an address',
  'database-connection-string': 'A database password',
  docker: 'A Docker token',
  gcp: 'A Google Cloud key',
  github: 'A GitHub token',
  gitlab: 'A GitLab token',
  npm: 'An npm token',
  openai: 'An OpenAI key',
  privatekey: 'A private key',
  sendgrid: 'A SendGrid key',
  slack: 'A Slack credential',
  stripe: 'A Stripe key',
}
