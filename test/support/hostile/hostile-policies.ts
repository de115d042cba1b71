import { canary, inGroups } from './hostile-set.ts'

const quoted = (text: string): string => JSON.stringify(text.toWellFormed())

/** Aliases of aliases: nine levels of nine make 387 million entries. */
const bomb = Array.from({ length: 9 }, (_, level) => {
  const entry = level === 0 ? quoted(canary) : `*a${level - 1}`
  return `a${level}: &a${level} [${Array.from({ length: 9 }, () => entry).join(', ')}]`
}).join('\n')

/** Policies that cannot be used, by what is wrong with them: one problem or many, never a reason to end otherwise. */
export function brokenPolicies(texts: readonly string[]): Readonly<Record<string, string | Uint8Array>> {
  const short = texts.filter((text) => text.length < 1500)
  // A key is named in the problem that it makes, as far as it is letters: so none holds the canary.
  const named = short.map((text) => text.replaceAll(canary, 'x'))
  const keys = inGroups(named, 200).map((group) => group.map((text) => `${quoted(text)}: 1`).join('\n'))
  const values = inGroups(short, 200).map(
    (group) => `include:\n  - 7\n${group.map((text) => `  - ${quoted(text)}`).join('\n')}\n`,
  )
  return {
    ...Object.fromEntries(keys.map((text, index) => [`keys from outside (${index + 1})`, text])),
    ...Object.fromEntries(values.map((text, index) => [`values from outside (${index + 1})`, text])),
    'aliases that multiply': bomb,
    'an alias of itself': `a: &a [*a]\n<<: *a\n`,
    'depth without end': `${'['.repeat(20_000)}${canary}`,
    'tags that make objects': `include: !!js/function 'function () { ${canary} }'\n? !!python/object/apply:os.system ['${canary}']\n`,
    'no YAML at all': `\t- : %${canary}\n\u0000\u202e: {[}\n::error::${canary}\r##[error]${canary}`,
    'no text': new Uint8Array([0xff, 0xfe, 0x00, 0x80, ...Buffer.from(canary)]),
    'more than a policy may hold': `# ${canary}\n`.repeat(6000),
    'names of the machinery': `__proto__: {max-files: 1}\nconstructor: {prototype: {a: 1}}\ntoString: ${canary}\n`,
    'patterns that take for ever': `exclude: ["${'{a,b}'.repeat(40)}", "${'*a'.repeat(100)}", "${'**/'.repeat(80)}${canary}", "${'@('.repeat(60)}"]\neffort: ${canary}\n`,
  }
}

/** A policy that can be used, with texts from outside wherever one is free. */
export function usablePolicy(texts: readonly string[]): string {
  const short = texts.filter((text) => text.length < 190)
  return [
    `max-comments: 50`,
    `exclude: [${quoted(`${'*a'.repeat(60)}b`)}, ${quoted('**/*!(a)*+(a)b')}]`,
    `rules: {disable: [${short.slice(0, 100).map(quoted).join(', ')}]}`,
    `instructions:`,
    ...short.slice(0, 20).map((text) => `  - {paths: ['**'], text: ${quoted(`${text} ${canary}`)}}`),
  ].join('\n')
}

/** Rules of the repository that say hostile words about every call of `eval`, and some that no scanner survives. */
export function hostileRules(texts: readonly string[]): Readonly<Record<string, string>> {
  const worded = texts
    .filter((text) => text.trim() !== '' && text.length < 900)
    .map(
      (text, index) =>
        `id: word-${index}\nlanguage: js\nseverity: error\nmessage: ${quoted(`${text} $A ${canary}`)}\nnote: ${quoted(text)}\nfix: ${quoted(text)}\nrule: {pattern: eval($A)}\n`,
    )
  const nested = `${'{has: {stopBy: end, any: ['.repeat(40)}{regex: a}${']}}'.repeat(40)}`
  const broken = [
    `id: "${canary} ::error::"\nlanguage: js\nmessage: a\nrule: {pattern: a}\n`,
    `id: size\nlanguage: js\nmessage: ${canary}\nrule: {regex: "((a{1,900}){1,900}){1,900}"}\n`,
    `id: deep\nlanguage: js\nmessage: ${canary}\nrule: ${nested}\n`,
    `id: self\nlanguage: js\nmessage: ${canary}\nutils: {a: {matches: b}, b: {matches: a}}\nrule: {matches: a}\n`,
    `id: kind\nlanguage: ${canary}\nmessage: ${canary}\nrule: {kind: ${canary}}\n`,
    `id: globs\nlanguage: js\nmessage: ${canary}\nfiles: ["${'{a,'.repeat(60)}"]\nrule: {pattern: eval($A)}\n`,
    bomb,
    `${'['.repeat(20_000)}`,
    `::error::${canary}\r##[error]${canary}\n\u0000`,
  ]
  const files = [inGroups(worded, Math.ceil(worded.length / 20)).map((group) => group.join('---\n')), broken]
  return Object.fromEntries(files.flat().map((text, index) => [`${index}`, text]))
}
