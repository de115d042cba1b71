import { describe, expect, it } from 'vitest'
import { chooseGuidelines, guidelineLimits } from '../../../src/review/choose-guidelines.ts'

const file = (path: string, size = 100) => ({ path, kind: 'file' as const, blob: path, size })
const chosenOf = (paths: readonly string[], changed: readonly string[]) =>
  chooseGuidelines(
    paths.map((path) => file(path)),
    changed,
  ).chosen.map(({ path }) => path)

describe('guidelines', () => {
  it.each([
    'CONTRIBUTING.md',
    'contributing',
    '.github/CONTRIBUTING.md',
    'docs/STYLEGUIDE.md',
    'STYLE.md',
    'style-guide.rst',
    'CODING_STYLE.txt',
    'AGENTS.md',
    'CLAUDE.md',
    '.github/copilot-instructions.md',
    '.github/instructions/api.instructions.md',
    '.github/instructions/web/ui.instructions.md',
    '.cursor/rules/base.mdc',
    '.cursor/rules/deep/more.md',
    '.cursorrules',
    '.editorconfig',
    '.eslintrc',
    '.eslintrc.json',
    'eslint.config.mjs',
    '.prettierrc.yaml',
    'prettier.config.js',
    'checkstyle.xml',
    'config/checkstyle/checkstyle.xml',
    'ruff.toml',
    '.ruff.toml',
    'pyproject.toml',
    '.golangci.yml',
  ])('are read from %s', (path) => {
    expect(chosenOf([path], ['src/a.ts'])).toEqual([path])
  })

  it.each([
    'README.md',
    'docs/CONTRIBUTORS.md',
    'src/style.css',
    'src/AGENTS.md.bak',
    'other/AGENTS.md',
    '.cursor/settings.md',
    'docs/instructions/a.instructions.md',
    'src/../AGENTS.md',
  ])('are not read from %s', (path) => {
    expect(chosenOf([path], ['src/a.ts'])).toEqual([])
  })

  it('come from directories above changed files, the root first', () => {
    const paths = ['src/api/AGENTS.md', 'src/AGENTS.md', 'web/AGENTS.md', 'AGENTS.md', 'src/.editorconfig']
    expect(chosenOf(paths, ['src/api/v1/a.ts', 'b.ts'])).toEqual([
      'AGENTS.md',
      'src/AGENTS.md',
      'src/.editorconfig',
      'src/api/AGENTS.md',
    ])
  })

  it('are never read through a link', () => {
    const link = { ...file('AGENTS.md'), kind: 'symlink' as const }
    const module = { ...file('STYLE.md'), kind: 'submodule' as const }
    expect(chooseGuidelines([link, module], ['a.ts'])).toEqual({
      chosen: [],
      skipped: [
        { path: 'AGENTS.md', reason: 'not-a-file' },
        { path: 'STYLE.md', reason: 'not-a-file' },
      ],
    })
  })

  it('are left out where they are too long, too many or too much, and said so', () => {
    const deep = Array.from({ length: 30 }, (_, index) => `${'d/'.repeat(index)}AGENTS.md`)
    const changed = [`${'d/'.repeat(30)}a.ts`]
    const many = chooseGuidelines(
      deep.map((path) => file(path)),
      changed,
    )
    expect(many.chosen.length).toBe(guidelineLimits.files)
    expect(many.skipped.map(({ reason }) => reason)).toEqual(Array(10).fill('too-many'))
    const long = chooseGuidelines([file('AGENTS.md', guidelineLimits.bytes + 1)], changed)
    expect(long.skipped).toEqual([{ path: 'AGENTS.md', reason: 'too-large' }])
    const heavy = chooseGuidelines(
      deep.slice(0, 5).map((path) => file(path, guidelineLimits.bytes)),
      changed,
    )
    expect(heavy.skipped.map(({ reason }) => reason)).toEqual(['over-budget'])
  })

  it('prefer what people wrote where not all can be read', () => {
    const configs = Array.from({ length: 25 }, (_, index) => file(`${'d/'.repeat(index)}.editorconfig`))
    const { chosen } = chooseGuidelines([...configs, file('d/d/d/AGENTS.md')], [`${'d/'.repeat(25)}a.ts`])
    expect(chosen.map(({ path }) => path)).toContain('d/d/d/AGENTS.md')
  })
})
