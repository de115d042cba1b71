import { error, notice, warning } from '@actions/core'
import type { CheckAnnotation } from '../roles.ts'

/**
 * The runner shows ten of a level in a step and drops the rest; two are left to what a run without permissions
 * has to say itself.
 */
const mostOfALevel = 8
/** The runner cuts a message at 4,096 characters. */
const longest = { title: 200, message: 3500 } as const
const print = { failure: error, warning, notice } as const

/**
 * Shows remarks on files by commands to the runner, for runs that could make no check: at most eight of a level, and
 * answers how many it showed.
 */
export function annotate(annotations: readonly CheckAnnotation[]): number {
  const levels = ['failure', 'warning', 'notice'] as const
  const shown = levels.flatMap((level) =>
    annotations.filter((one) => one.level === level && isPlainPath(one.path)).slice(0, mostOfALevel),
  )
  for (const { path, startLine, endLine, level, title, message } of shown) {
    const place = { file: path, startLine, endLine, title: inertText(title, longest.title) }
    print[level](inertText(message, longest.message), place)
  }
  return shown.length
}

/** A name that could be read as anything but a name is told in the job summary only. */
function isPlainPath(path: string): boolean {
  return /^[\p{L}\p{N}_.[(][\p{L}\p{N}_./@+~=!$()[\] -]{0,500}$/u.test(path) && !path.endsWith(' ')
}

/** The toolkit writes line ends and `%` as codes; what is left is that the runner reads `##[` anywhere in a line. */
function inertText(text: string, most: number): string {
  return text
    .slice(0, most)
    .replaceAll('##[', '#_[')
    .replaceAll('::', ': :')
    .replace(/[^\P{C}\n]/gu, '?')
}
