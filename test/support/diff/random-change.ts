import fc from 'fast-check'

/** What stands at a path on one side of a change. */
export interface Entry {
  readonly mode: '100644' | '100755' | '120000' | '160000'
  /** Bytes of the blob; of a submodule the commit's name in hex. */
  readonly content: Buffer
}

/** One file before and after; paths are bytes, because git allows any but NUL. */
export interface RandomChange {
  readonly oldPath: Buffer
  readonly newPath: Buffer
  readonly before: Entry | null
  readonly after: Entry | null
}

const lines = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', '', ' ', '\t', '}', 'return x') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '-- a/other.ts',
      '++ b/other.ts',
      '--- a/evil',
      '+++ b/evil',
      '@@ -1 +1 @@',
      'diff --git a/evil b/evil',
      '\\ No newline at end of file',
      '-- ',
      '-',
      '+',
      'rename from evil',
      'GIT binary patch',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\r', 'crlf\r', 'lone\rcr', '\u2028', '\uFEFFbom', '日本', '😀', '\f'),
  },
)

const invalidUtf8 = Buffer.from([0x63, 0x61, 0x66, 0xe9])

const text = fc
  .record({
    lines: fc.array(lines, { maxLength: 30 }),
    crlf: fc.boolean(),
    endsWithNewline: fc.boolean(),
    latin1: fc.integer({ min: 0, max: 15 }),
  })
  .map(({ lines: content, crlf, endsWithNewline, latin1 }) => {
    const end = crlf ? '\r\n' : '\n'
    const joined = Buffer.from(content.join(end) + (endsWithNewline && content.length > 0 ? end : ''))
    return latin1 === 0 ? Buffer.concat([invalidUtf8, joined]) : joined
  })

/** A text and the same text after a few edits, so that hunks have context and stand apart. */
const editedText = fc
  .record({
    base: fc.array(lines, { minLength: 1, maxLength: 60 }),
    edits: fc.array(fc.tuple(fc.nat(59), fc.nat(3), fc.array(lines, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    }),
    crlf: fc.boolean(),
    oldNewline: fc.boolean(),
    newNewline: fc.boolean(),
  })
  .map(({ base, edits, crlf, oldNewline, newNewline }) => {
    const after = [...base]
    for (const [at, deleted, added] of edits) after.splice(at % (after.length + 1), deleted, ...added)
    const join = (content: string[], newline: boolean) =>
      Buffer.from(
        content
          .map((line) => `${line}\n`)
          .join('')
          .slice(0, newline ? undefined : -1),
      )
    const toCrlf = (content: Buffer) =>
      crlf ? Buffer.from(content.toString().replaceAll('\n', '\r\n')) : content
    return { before: join(base, oldNewline), after: toCrlf(join(after, newNewline)) }
  })

const binary = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from([0, ...bytes]))
const mode = fc.constantFrom('100644' as const, '100755' as const)
const file = fc.record({
  mode,
  content: fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: binary }),
})
const symlink = fc
  .constantFrom('target', '../../etc/passwd', 'ünï', 'two\nlines')
  .map((target): Entry => ({ mode: '120000', content: Buffer.from(target) }))
const submodule = fc
  .constantFrom('1', '2')
  .map((digit): Entry => ({ mode: '160000', content: Buffer.from(digit.repeat(40)) }))
const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 6, arbitrary: file },
  { weight: 1, arbitrary: symlink },
  { weight: 1, arbitrary: submodule },
)

const oddNames = [
  'plain.ts',
  'a b c.txt',
  ' lead',
  'trail ',
  'x b/x',
  'y b/z b/w',
  'a/a',
  'tab\there',
  'say "hi"',
  'back\\slash',
  'new\nline',
  'cr\r',
  'héllo/日本語',
  'e\u0301',
  '😀.md',
  '-rf',
  '@@ -1 +1 @@',
  '__proto__',
  '::set-output x',
  'dev/null',
  '\u202Ebidi',
].map((name) => Buffer.from(name))
const name = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...oddNames) },
  { weight: 1, arbitrary: fc.constantFrom(invalidUtf8, Buffer.concat([invalidUtf8, Buffer.from('\t')])) },
)

const sides = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ content: editedText, before: mode, after: mode }).map((edit) => ({
      before: { mode: edit.before, content: edit.content.before },
      after: { mode: edit.after, content: edit.content.after },
    })),
  },
  { weight: 2, arbitrary: fc.record({ before: anyEntry, after: anyEntry }) },
  { weight: 2, arbitrary: anyEntry.map((after) => ({ before: null, after })) },
  { weight: 2, arbitrary: anyEntry.map((before) => ({ before, after: null })) },
)

/** Up to `most` changes to different files; the number in front of each path keeps them apart. */
export function randomChanges(most: number): fc.Arbitrary<RandomChange[]> {
  const change = fc.record({ sides, oldName: name, newName: name, moves: fc.nat(3) })
  return fc.array(change, { minLength: 1, maxLength: most, size: 'max' }).map((changes) =>
    changes.map(({ sides: { before, after }, oldName, newName, moves }, index) => {
      const numbered = (rest: Buffer) => Buffer.concat([Buffer.from(`${index}-`), rest])
      const newPath = numbered(moves === 0 ? newName : oldName)
      return { oldPath: numbered(oldName), newPath, before, after }
    }),
  )
}
