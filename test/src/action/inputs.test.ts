import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readInputs, secretsOf } from '../../../src/action/inputs.ts'

const folder = mkdtempSync(join(tmpdir(), 'inputs-'))
const eventPath = join(folder, 'event.json')
writeFileSync(
  eventPath,
  JSON.stringify({ action: 'opened', pull_request: { number: 7, head: { sha: 'a'.repeat(40) } } }),
)
afterAll(() => rmSync(folder, { recursive: true }))

const env = {
  'INPUT_SERVER-URL': 'http://gpu-box:8787/',
  'INPUT_GITHUB-TOKEN': 'ghs_token',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: eventPath,
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_WORKSPACE: '/runner/tree',
  RUNNER_TEMP: '/tmp/runner',
  PATH: '/usr/bin',
}

describe('reading the inputs', () => {
  test('gives defaults to what is left out', () => {
    const inputs = readInputs(env)
    expect(inputs).toMatchObject({
      serverUrl: 'http://gpu-box:8787',
      githubToken: 'ghs_token',
      deadlineMs: 600_000,
      policyPath: '.github/ai-review.yml',
      failOnError: false,
      apiUrl: 'https://api.github.com',
      repository: { owner: 'acme', name: 'shop' },
      event: { name: 'pull_request', payload: { action: 'opened' }, mentionName: 'tech-lead-bot' },
      isSelfHosted: false,
      run: expect.stringMatching(/^42-2-[0-9a-f]{12}$/),
    })
    expect(inputs).not.toHaveProperty('apiKey')
    expect(inputs).not.toHaveProperty('effort')
  })

  test('names every run apart, also two of the same attempt', () => {
    expect(readInputs(env).run).not.toBe(readInputs(env).run)
  })

  test('takes what is given', () => {
    const inputs = readInputs({
      ...env,
      'INPUT_API-KEY': ' key-1 ',
      'INPUT_DEADLINE-MINUTES': '2.5',
      'INPUT_POLICY-PATH': 'config/review.yml',
      INPUT_EFFORT: 'quick',
      'INPUT_MENTION-NAME': '@shop-reviewer',
      'INPUT_PULL-REQUEST': '12',
      RUNNER_ENVIRONMENT: 'self-hosted',
      'INPUT_FAIL-ON-ERROR': 'true',
      GITHUB_API_URL: 'https://github.example.com/api/v3/',
      https_proxy: 'http://proxy:3128',
    })
    expect(inputs).toMatchObject({
      apiKey: 'key-1',
      deadlineMs: 150_000,
      policyPath: 'config/review.yml',
      effort: 'quick',
      failOnError: true,
      event: { mentionName: 'shop-reviewer', pullRequest: 12 },
      isSelfHosted: true,
      apiUrl: 'https://github.example.com/api/v3',
      proxy: { httpsProxy: 'http://proxy:3128' },
    })
  })

  test.each([
    ['INPUT_GITHUB-TOKEN', '', 'The input github-token is empty.'],
    ['INPUT_SERVER-URL', 'ftp://gpu-box', 'The input server-url is not an http or https address.'],
    ['INPUT_API-KEY', 'two words', 'The input api-key holds a character that cannot be sent.'],
    [
      'INPUT_DEADLINE-MINUTES',
      'soon',
      'The input deadline-minutes is not a number of minutes from 1 to 360.',
    ],
    ['INPUT_DEADLINE-MINUTES', '0', 'The input deadline-minutes is not a number of minutes from 1 to 360.'],
    ['INPUT_DEADLINE-MINUTES', '0x5', 'The input deadline-minutes is not a number of minutes from 1 to 360.'],
    ['INPUT_DEADLINE-MINUTES', '1e9', 'The input deadline-minutes is not a number of minutes from 1 to 360.'],
    ['INPUT_POLICY-PATH', '../policy.yml', 'The input policy-path is not a path inside the repository.'],
    ['INPUT_POLICY-PATH', '/etc/passwd', 'The input policy-path is not a path inside the repository.'],
    ['INPUT_POLICY-PATH', 'a\\b', 'The input policy-path is not a path inside the repository.'],
    [
      'INPUT_POLICY-PATH',
      'docs/a\n::error::b.yml',
      'The input policy-path is not a path inside the repository.',
    ],
    ['INPUT_EFFORT', 'maximal', 'The input effort has an unknown value.'],
    ['INPUT_FAIL-ON-ERROR', 'yes', 'The input fail-on-error is neither true nor false.'],
    [
      'INPUT_MENTION-NAME',
      'a b',
      'The input mention-name is not a name that GitHub would take for a mention.',
    ],
    [
      'INPUT_MENTION-NAME',
      '.*',
      'The input mention-name is not a name that GitHub would take for a mention.',
    ],
    ['INPUT_PULL-REQUEST', 'seven', 'The input pull-request is not the number of a pull request.'],
    ['GITHUB_REPOSITORY', 'acme', 'The environment variable GITHUB_REPOSITORY is not "owner/name".'],
    ['GITHUB_EVENT_PATH', '/nonexistent/event.json', 'The event payload cannot be read.'],
    ['RUNNER_TEMP', '', 'The environment variable RUNNER_TEMP is missing.'],
  ])('refuses %s=%j in one sentence with a hint', (name, value, message) => {
    expect(() => readInputs({ ...env, [name]: value })).toThrow(
      expect.objectContaining({ message, hint: expect.stringMatching(/\.$/) }),
    )
  })

  test('does not quote a payload that is no JSON', () => {
    const broken = join(folder, 'broken.json')
    writeFileSync(broken, '{"title": "canary-title"')
    expect(() => readInputs({ ...env, GITHUB_EVENT_PATH: broken })).toThrow(
      expect.objectContaining({ message: 'The event payload cannot be read.' }),
    )
  })

  test('finds the secrets before anything is known to be right', () => {
    expect(secretsOf({ 'INPUT_GITHUB-TOKEN': 't', 'INPUT_API-KEY': 'k' })).toEqual(['t', 'k'])
    expect(secretsOf({})).toEqual([])
  })
})
