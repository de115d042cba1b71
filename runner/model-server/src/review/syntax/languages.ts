import go from '@ast-grep/lang-go'
import java from '@ast-grep/lang-java'
import python from '@ast-grep/lang-python'
import { parse, registerDynamicLanguage, type SgRoot } from '@ast-grep/napi'

// The library accepts the registration of a language once per process, so it happens here and nowhere else.
registerDynamicLanguage({ go, java, python })

/** Names of the languages that can be parsed, as ast-grep rules write them in `language:`. */
export const languages = ['JavaScript', 'TypeScript', 'Tsx', 'python', 'java', 'go'] as const
export type Language = (typeof languages)[number]

const languageByExtension: Readonly<Record<string, Language>> = {
  js: 'JavaScript',
  cjs: 'JavaScript',
  mjs: 'JavaScript',
  jsx: 'JavaScript',
  ts: 'TypeScript',
  cts: 'TypeScript',
  mts: 'TypeScript',
  tsx: 'Tsx',
  py: 'python',
  pyi: 'python',
  java: 'java',
  go: 'go',
}

/** The language of a file by the extension of its path, or null where it cannot be parsed here. */
export function languageOf(path: string): Language | null {
  const extension = /\.([a-z]{2,4})$/i.exec(path)?.[1]?.toLowerCase()
  return extension === undefined ? null : (languageByExtension[extension] ?? null)
}

/**
 * The syntax tree of a whole text. Never throws for broken text: the tree then holds nodes of kind `ERROR`,
 * or empty leaves where the grammar put in what was missing.
 */
export function parseSource(language: Language, text: string): SgRoot {
  return parse(language, text)
}

/** How many places of a text the grammar could not read. Compare two texts; some valid dialects never reach 0. */
export function countSyntaxErrors(language: Language, text: string): number {
  const root = parseSource(language, text).root()
  return root.findAll({ rule: { kind: 'ERROR' } }).length + root.findAll({ rule: { regex: '^$' } }).length
}
