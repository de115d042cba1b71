import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDiff } from '../../../src/diff/parse-diff.ts'
import { aFileDiff } from '../../support/diff/a-file-diff.ts'

const folder = new URL('../../fixtures/diffs/', import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.diff'))
  .map((name) => name.slice(0, -'.diff'.length))
const read = (name: string) => readFileSync(new URL(name, folder))

describe('each form of a diff', () => {
  it('has fixtures', () => {
    expect(names.length).toBeGreaterThan(40)
  })

  for (const name of names) {
    it(`reads ${name}`, () => {
      expect(parseDiff(read(`${name}.diff`))).toEqual(JSON.parse(read(`${name}.json`).toString()))
    })
  }
})

describe('a text and its bytes', () => {
  it('give the same answer', () => {
    const bytes = read('quoted-names.diff')
    expect(parseDiff(bytes.toString())).toEqual(parseDiff(bytes))
  })

  it.each([
    ['plain', 'diff --git a/caf\xe9 b/caf\xe9\nold mode 100644\nnew mode 100755\n'],
    ['quoted', 'diff --git "a/caf\\351" "b/caf\\351"\nold mode 100644\nnew mode 100755\n'],
  ])('show a %s name that is not UTF-8 with U+FFFD', (_, text) => {
    const diff = Buffer.from(text, 'latin1')
    expect(parseDiff(diff)).toMatchObject({ files: [{ path: 'caf\uFFFD' }], rejected: [] })
    expect(parseDiff(diff.toString())).toEqual(parseDiff(diff))
  })
})

describe('a quoted name', () => {
  it('may hold every escape that git writes', () => {
    const name = '\\a\\b\\t\\n\\v\\f\\r\\"\\\\\\001\\303\\251é'
    const { files } = parseDiff(`diff --git "a/${name}" "b/${name}"\nold mode 100644\nnew mode 100755\n`)
    expect(files.map(({ path }) => path)).toEqual(['\x07\b\t\n\v\f\r"\\\x01éé'])
  })
})

describe('prefixes', () => {
  const unified = '--- left/f.ts\n+++ right/f.ts\n@@ -1 +1 @@\n-a\n+b\n'

  it('stay on names that do not tell them', () => {
    expect(parseDiff(unified).files.map(({ path }) => path)).toEqual(['right/f.ts'])
  })

  it('come off where the caller knows them', () => {
    expect(parseDiff(unified, { strip: 1 }).files.map(({ path }) => path)).toEqual(['f.ts'])
  })

  it('never come off the names of a rename', () => {
    const rename = 'diff --git a/b/x a/b/y\nsimilarity index 100%\nrename from a/b/x\nrename to a/b/y\n'
    expect(parseDiff(rename).files).toMatchObject([{ path: 'a/b/y', previousPath: 'a/b/x' }])
  })

  it('are not mistaken for the directory of a file that git shows without any', () => {
    const header = 'diff --git b/f.ts b/f.ts\n--- b/f.ts\n+++ b/f.ts\n'
    expect(aFileDiff('@@ -1 +1 @@\n-a\n+b\n', header).path).toBe('b/f.ts')
  })
})

describe('a header that does not tell the file', () => {
  it('is rejected where the two names differ and nothing says why', () => {
    const diff = 'diff --git a/x b/yy\nold mode 100644\nnew mode 100755\n'
    expect(parseDiff(diff)).toEqual({
      files: [],
      rejected: [{ path: null, reason: 'the header does not tell which file is meant' }],
    })
  })

  it('is rejected where two names of one length differ', () => {
    const diff = 'diff --git a/x b/y\nold mode 100644\nnew mode 100755\n'
    expect(parseDiff(diff).files).toEqual([])
  })

  it('is rejected where a plain name holds a NUL', () => {
    const diff = 'diff --git a/\0 b/\0\nold mode 100644\nnew mode 100755\n'
    expect(parseDiff(diff).rejected).toEqual([{ path: null, reason: 'the name holds a NUL' }])
  })

  it('is rejected without a path where the transport added carriage returns', () => {
    const diff =
      'diff --git a/f b/f\r\nindex 1..2 100644\r\n--- a/f\r\n+++ b/f\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n'
    expect(parseDiff(diff).rejected).toEqual([{ path: null, reason: 'a file mode is not readable' }])
  })

  it('is rejected where nothing of a name is left', () => {
    const diff = 'diff --git a/x b/x\n--- a/x\n+++ b/\n@@ -1 +1 @@\n-a\n+b\n'
    expect(parseDiff(diff)).toEqual({ files: [], rejected: [{ path: null, reason: 'a name is empty' }] })
  })

  it('is rejected where the file is new and deleted at once', () => {
    const diff = 'diff --git a/x b/x\nnew file mode 100644\ndeleted file mode 100644\n'
    expect(parseDiff(diff).rejected).toEqual([{ path: null, reason: 'neither side names a file' }])
  })

  it('does not take the next file with it', () => {
    const next = 'diff --git a/z b/z\n--- a/z\n+++ b/z\n@@ -1 +1 @@\n-a\n+b\n'
    const { files, rejected } = parseDiff(`diff --git a/x b/yy\n@@ -1 +1 @@\n-a\n+b\n${next}`)
    expect([files.map(({ path }) => path), rejected.length]).toEqual([['z'], 1])
  })
})

describe('a diff without a separator between its files', () => {
  const file = (name: string, body = '@@ -1 +1 @@\n-a\n+b\n') => `--- a/${name}\n+++ b/${name}\n${body}`

  it('is read file by file', () => {
    expect(parseDiff(file('f') + file('g')).files.map(({ path }) => path)).toEqual(['f', 'g'])
  })

  it('is not read beyond a broken file, unless a heading opens the next one', () => {
    const broken = file('f', '@@ -1,5 +1 @@\n-a\n+b\n')
    const svn = `Index: f\n${broken}Index: g\n${file('g')}`
    const { files, rejected } = parseDiff(broken + file('g'))
    expect([files, rejected.map(({ path }) => path)]).toEqual([[], ['f', null]])
    expect(parseDiff(svn).files.map(({ path }) => path)).toEqual(['g'])
  })
})

describe('a byte order mark in front of the diff', () => {
  it('hides no file', () => {
    const diff = Buffer.from('\uFEFFdiff --git a/f b/f\nold mode 100644\nnew mode 100755\n')
    expect(parseDiff(diff).files).toMatchObject([{ path: 'f' }])
  })
})

describe('a binary file whose two sides are named', () => {
  it('is a file without hunks', () => {
    const diff = 'diff --git a/f b/f\nindex 1..2 100644\n--- a/f\n+++ b/f\nBinary files differ\n'
    expect(parseDiff(diff)).toMatchObject({ files: [{ path: 'f', hunks: [] }], rejected: [] })
  })
})

describe('a mode', () => {
  it('that is not one rejects the file', () => {
    const diff = 'diff --git a/f b/f\nold mode 100644\nnew mode 1007\n'
    expect(parseDiff(diff).rejected).toEqual([{ path: 'f', reason: 'a file mode is not readable' }])
  })

  it('makes a type change of an edit that turns a file into a symlink', () => {
    const diff = 'diff --git a/f b/f\nold mode 100644\nnew mode 120000\n'
    expect(parseDiff(diff).files).toMatchObject([{ status: 'type-changed' }])
  })
})

describe('a deletion followed by an addition', () => {
  const deleted = (path: string) => `diff --git a/${path} b/${path}\ndeleted file mode 100644\nindex 1..0\n`
  const added = (path: string, mode: string) =>
    `diff --git a/${path} b/${path}\nnew file mode ${mode}\nindex 0..2\n`
  const statuses = (diff: string) => parseDiff(diff).files.map(({ status }) => status)

  it('is one type change where the type differs', () => {
    expect(statuses(deleted('f') + added('f', '160000'))).toEqual(['type-changed'])
  })

  it('stays two files where the type is the same or the path differs', () => {
    expect(statuses(deleted('f') + added('f', '100755'))).toEqual(['deleted', 'added'])
    expect(statuses(deleted('f') + added('g', '120000'))).toEqual(['deleted', 'added'])
  })
})
