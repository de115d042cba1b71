import { describe, expect, test } from 'vitest'
import { parseServerUrl } from '../../../src/action/server-url.ts'

describe('the address of the model server', () => {
  test.each([
    ['http://gpu-box:8787', 'http://gpu-box:8787'],
    ['https://review.example.com/', 'https://review.example.com'],
    ['https://example.com/review/', 'https://example.com/review'],
    ['http://10.0.0.7:8787', 'http://10.0.0.7:8787'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
  ])('accepts %s', (text, url) => {
    expect(parseServerUrl(text)).toBe(url)
  })

  test.each([
    ['', /is missing/],
    ['gpu-box:8787', /not an http or https address/],
    ['file:///etc/passwd', /not an http or https address/],
    ['not an address', /not an http or https address/],
    ['http://user:pass@gpu-box', /holds a user name or a password/],
    ['http://gpu-box/?key=1', /holds a query or a fragment/],
    ['http://gpu-box/#x', /holds a query or a fragment/],
    ['http://169.254.169.254/latest', /metadata service/],
    ['http://2852039166/', /metadata service/],
    ['http://0xA9.0xFE.0xA9.0xFE/', /metadata service/],
    ['http://[::ffff:169.254.169.254]/', /metadata service/],
    ['http://[fe80::1]/', /metadata service/],
    ['http://[fd00:ec2::254]/', /metadata service/],
    ['http://100.100.100.200/', /metadata service/],
    ['http://metadata.google.internal/', /metadata service/],
    ['http://metadata.google.internal./', /metadata service/],
  ])('refuses %s', (text, message) => {
    expect(() => parseServerUrl(text)).toThrow(message)
  })

  test('never quotes the value: it may hold a password', () => {
    expect(() => parseServerUrl('http://user:hunter2@gpu-box')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    )
  })
})
