import { info, warning } from '@actions/core'
import type { Log } from '../roles.ts'

/** The runner's log. What is written must be our own words; should anything else slip in, it cannot act. */
export function createLog(): Log {
  return {
    info: (message) => info(inert(message)),
    warning: (message) => warning(inert(message)),
  }
}

/**
 * One line of printable ASCII that holds no command: the runner obeys `::` at the start of a line after any
 * space, `##[` anywhere in it, and takes a lone carriage return for a new line.
 */
export function inert(message: string): string {
  return message
    .replace(/[^\x20-\x7e]+/g, '?')
    .replaceAll('##[', '#_[')
    .replace(/^[ ?]*::/, '__')
}
