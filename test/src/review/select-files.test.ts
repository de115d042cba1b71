import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../../src/review/policy.ts'
import { selectFiles } from '../../../src/review/select-files.ts'
import { skipReasons } from '../../../src/review/skip-reason.ts'
import { aFile } from '../../support/review/builders.ts'

const plain = { policy: defaultPolicy, attributesOf: () => ({ generated: false, vendored: false }) }
const none = { lines: [], additions: 0, deletions: 0 }

function reasonFor(overrides: Parameters<typeof aFile>[0], rules = plain) {
  const { selected, skipped } = selectFiles({ files: [aFile(overrides)], rejected: [] }, rules)
  expect(selected.length + skipped.length).toBe(1)
  return skipped[0]?.reason ?? 'selected'
}

describe('selection', () => {
  it.each([
    ['selected', {}],
    ['selected', { path: '.github/workflows/ci.yml' }],
    ['binary', { ...none, binary: true, path: 'a.png' }],
    ['submodule', { newMode: '160000' }],
    ['submodule', { ...none, oldMode: '160000', newMode: null, status: 'deleted' as const }],
    ['symlink', { newMode: '120000' }],
    ['no-content-change', { ...none, status: 'renamed' as const, oldMode: null, newMode: null }],
    ['no-content-change', { ...none, status: 'modified' as const, oldMode: '100644', newMode: '100755' }],
    ['no-content-change', none],
    ['diff-unavailable', { ...none, additions: 5 }],
    ['diff-unavailable', { ...none, status: 'modified' as const, newMode: null }],
    ['diff-unavailable', { ...none, newMode: null }],
    ['lock-file', { path: 'web/package-lock.json' }],
    ['lock-file', { path: 'Cargo.lock' }],
    ['vendored', { path: 'web/node_modules/x/index.js' }],
    ['minified', { path: 'web/app.min.js' }],
    ['minified', { lines: ['x'.repeat(5001)] }],
    ['generated', { path: 'api/user.pb.go' }],
    ['too-large', { additions: 3001 }],
  ] as const)('ends as %s for %j', (reason, overrides) => {
    expect(reasonFor(overrides)).toBe(reason)
  })

  it.each([
    ['exclude', { exclude: ['src/**'] }, 'excluded-by-policy'],
    ['exclude by name', { exclude: ['*.ts'] }, 'excluded-by-policy'],
    ['exclude a folder', { exclude: ['src/'] }, 'excluded-by-policy'],
    ['exclude at the root', { exclude: ['/app.ts'] }, 'selected'],
    ['include', { include: ['src/**'] }, 'selected'],
    ['include others', { include: ['lib/**'] }, 'not-included'],
    ['exclude wins', { include: ['src/**'], exclude: ['**/app.ts'] }, 'excluded-by-policy'],
    ['braces', { exclude: ['**/*.{js,ts}'] }, 'excluded-by-policy'],
  ])('follows the policy: %s', (_what, keys, reason) => {
    expect(reasonFor({}, { ...plain, policy: { ...defaultPolicy, ...keys } })).toBe(reason)
  })

  it('follows the attributes', () => {
    const says = (generated: boolean, vendored: boolean) => ({
      ...plain,
      attributesOf: () => ({ generated, vendored }),
    })
    expect(reasonFor({}, says(true, false))).toBe('generated')
    expect(reasonFor({}, says(false, true))).toBe('vendored')
  })

  it('stops at the cap and says so', () => {
    const files = ['a.ts', 'b.png', 'c.ts', 'd.ts'].map((path) =>
      aFile({ path, binary: path.endsWith('.png') }),
    )
    const policy = { ...defaultPolicy, 'max-files': 2 }
    const { selected, skipped } = selectFiles({ files, rejected: [] }, { ...plain, policy })
    expect(selected.map(({ path }) => path)).toEqual(['a.ts', 'c.ts'])
    expect(skipped).toEqual([
      { path: 'b.png', reason: 'binary' },
      { path: 'd.ts', reason: 'too-many-files' },
    ])
  })

  it('leaves alone a file that GitHub could not be asked for by name', () => {
    expect(reasonFor({ path: 'caf\uFFFD.ts' })).toBe('unreadable-name')
    expect(reasonFor({ path: 'cafe.ts', previousPath: 'caf\uFFFD.ts' })).toBe('unreadable-name')
  })

  it('lists what could not be read', () => {
    const rejected = [{ path: null, reason: 'broken header' }]
    expect(selectFiles({ files: [], rejected }, plain).skipped).toEqual([
      { path: null, reason: 'unreadable-diff' },
    ])
  })

  it('keeps every file of a change of 3,000', () => {
    const files = Array.from({ length: 3000 }, (_, index) => aFile({ path: `src/${index}/a.ts` }))
    const globs = Array.from({ length: 200 }, (_, index) => `lib/**/x${index}/*.{a,b,c}`)
    const policy = { ...defaultPolicy, exclude: globs, 'max-files': 2000 }
    const { selected, skipped } = selectFiles({ files, rejected: [] }, { ...plain, policy })
    expect([selected.length, skipped.length]).toEqual([2000, 1000])
  })

  it('has a sentence for every reason', () => {
    expect(Object.values(skipReasons).every(({ sentence }) => sentence.length > 5)).toBe(true)
  })
})
