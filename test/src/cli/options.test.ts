import { describe, expect, it } from 'vitest'
import { readOptions } from '../../../src/cli/options.ts'

describe('readOptions', () => {
  it('reviews this folder from its usual base, failing on high severity, when nothing is said', () => {
    expect(readOptions([], {})).toEqual({
      repository: '.',
      head: 'HEAD',
      deadlineMs: 600_000,
      failOn: 'high',
      json: false,
    })
  })

  it('takes the server and its key from the environment, and an option over it', () => {
    const env = { AI_REVIEW_SERVER_URL: 'http://gpu-box:8787', AI_REVIEW_API_KEY: 'key' }
    expect(readOptions([], env)).toMatchObject({ server: { url: 'http://gpu-box:8787', apiKey: 'key' } })
    expect(readOptions(['--server', 'https://other'], env)).toMatchObject({
      server: { url: 'https://other' },
    })
  })

  it.each([
    [['--server', 'gpu-box:8787'], '--server must be an http:// or https:// URL.'],
    [['--effort', 'huge'], '--effort must be one of quick, standard, deep.'],
    [['--fail-on', 'bad'], '--fail-on must be one of critical, high, medium, low, never.'],
    [['--deadline', '0'], '--deadline must be a number of minutes above 0, at most 360.'],
    [['--model', 'a.gguf', '--server', 'http://x'], '--model is for a server started for this run'],
    [['--colour'], "Unknown option '--colour'"],
    [['src'], "Unexpected argument 'src'"],
  ])('names what is wrong with %j', (args, message) => {
    expect(() => readOptions(args, {})).toThrow(message)
  })
})
