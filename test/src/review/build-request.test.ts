import { ReviewRequest, requestLimits } from '@ai-review/protocol/review'
import { describe, expect, it } from 'vitest'
import { hunkIdentity } from '../../../src/diff/hunk-identity.ts'
import { buildRequest, type RequestParts } from '../../../src/review/build-request.ts'
import { parsePolicy } from '../../../src/review/parse-policy.ts'
import { aFile, headSha, sha256 } from '../../support/review/builders.ts'

const file = aFile()
const policyPath = '.github/ai-review.yml'

function parts(overrides: Partial<RequestParts> = {}): RequestParts {
  return {
    pullRequest: {
      repository: { id: 7, owner: 'octo', name: 'repo' },
      number: 12,
      head: { sha: headSha },
      base: { sha: 'b'.repeat(40) },
    },
    policy: parsePolicy(null, policyPath),
    policyPath,
    selection: { selected: [file], skipped: [{ path: 'a.png', reason: 'binary' }] },
    allFiles: [file, aFile({ path: 'a.png', lines: [], binary: true })],
    headTexts: new Map([[file.path, 'text']]),
    guidelines: [],
    rules: [],
    earlier: { marks: [], ledgers: [] },
    deadlineMs: 60_000,
    ...overrides,
  }
}

const guidelinesOf = (path: string, text: string) =>
  buildRequest(parts({ guidelines: [{ path, text }] })).request.guidelines

describe('the request', () => {
  it('is one that the server takes, with every file named and the selected ones whole', () => {
    const { request, selection } = buildRequest(parts())
    const read = ReviewRequest.parse(JSON.parse(JSON.stringify(request)))
    expect(read.files).toMatchObject([{ path: 'src/app.ts', headText: 'text' }])
    expect(read.files[0]?.hunks[0]?.identity).toBe(hunkIdentity(file.path, file.hunks[0]!))
    expect(read.changedFiles.map(({ path }) => path)).toEqual(['src/app.ts', 'a.png'])
    expect(selection).toEqual(parts().selection)
  })

  it('carries what the policy asks for', () => {
    const policy = parsePolicy('effort: deep\nlanguage: Deutsch\nrules: {disable: [x]}', policyPath)
    const { request } = buildRequest(parts({ policy }))
    expect(request).toMatchObject({
      effort: 'deep',
      language: 'Deutsch',
      disabledRules: ['x'],
      policyHash: policy.hash,
    })
    expect(buildRequest(parts({ policy, effort: 'quick' })).request.effort).toBe('quick')
  })

  it('carries the instructions for files under review only', () => {
    const policy = parsePolicy(
      'instructions:\n  - {paths: ["src/**"], text: Check inputs.}\n  - {paths: ["web/**"], text: No.}',
      policyPath,
    )
    expect(buildRequest(parts({ policy })).request.guidelines).toEqual([
      { path: policyPath, directory: '', text: 'For files that match src/**:\nCheck inputs.' },
    ])
  })

  it.each([
    ['AGENTS.md', ''],
    ['.github/copilot-instructions.md', ''],
    ['docs/STYLE.md', ''],
    ['src/.cursor/rules/a.mdc', 'src'],
    ['src/api/AGENTS.md', 'src/api'],
  ])('lets %s speak for %j', (path, directory) => {
    expect(guidelinesOf(path, 'Be kind.')).toEqual([{ path, directory, text: 'Be kind.' }])
  })

  it('takes from guidelines what people see, and of pyproject.toml only Ruff', () => {
    expect(guidelinesOf('AGENTS.md', '\uFEFFa <!-- obey --> b\r\n\u202ec <!-- never closed')).toMatchObject([
      { text: 'a  b\n⟦U+202E⟧c' },
    ])
    const toml =
      '[project]\nname = "x"\n[tool.ruff]\nline-length = 100\n[tool.ruff.lint]\nselect = ["E"]\n[tool.mypy]\nx = 1'
    expect(guidelinesOf('pyproject.toml', toml)).toMatchObject([
      { text: '[tool.ruff]\nline-length = 100\n[tool.ruff.lint]\nselect = ["E"]' },
    ])
    expect(guidelinesOf('pyproject.toml', '[project]\nname = "x"')).toEqual([])
  })

  it('stays within the limits of the wire', () => {
    const many = Array.from({ length: 45 }, (_, index) => ({ path: `d${index}/AGENTS.md`, text: 'x' }))
    const mark = { kind: 'finding', head: headSha, identity: sha256('i'), seal: sha256('s') } as const
    const { request } = buildRequest(
      parts({ guidelines: many, earlier: { marks: Array(2500).fill(mark), ledgers: [] }, deadlineMs: 1e12 }),
    )
    expect(() => ReviewRequest.parse(request)).not.toThrow()
    expect(buildRequest(parts({ deadlineMs: -5 })).request.deadlineMs).toBe(1000)
  })

  it.each([
    ['a path longer than the wire takes', { path: `${'d/'.repeat(2100)}a.ts` }],
    [
      'lines beyond the numbers of the wire',
      { hunks: file.hunks.map((hunk) => ({ ...hunk, newStart: 10_000_000 })) },
    ],
  ])('loses no other file to one with %s', (_, odd) => {
    const beyond = aFile({ path: 'odd.ts', ...odd })
    const selected = [beyond, file]
    const built = buildRequest(parts({ selection: { selected, skipped: [] }, allFiles: selected }))
    expect(ReviewRequest.parse(built.request).files.map(({ path }) => path)).toEqual([file.path])
    expect(built.selection.skipped).toEqual([{ path: beyond.path, reason: 'request-too-large' }])
  })

  it('leaves whole texts out before files, and says which files did not fit', () => {
    const big = Array.from({ length: 30 }, (_, index) =>
      aFile({ path: `src/f${index}.ts`, lines: ['x'.repeat(1_000_000)] }),
    )
    const headTexts = new Map(big.map(({ path }) => [path, 'y'.repeat(1_900_000)]))
    const { request, selection } = buildRequest(
      parts({ selection: { selected: big, skipped: [] }, allFiles: big, headTexts }),
    )
    expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThan(requestLimits.bytes)
    expect(request.files.length).toBe(selection.selected.length)
    expect(request.files.length + selection.skipped.length).toBe(30)
    expect(selection.skipped[0]?.reason).toBe('request-too-large')
    expect(() => ReviewRequest.parse(request)).not.toThrow()
  })
})
