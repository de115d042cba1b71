import { redactSecrets } from './redact.ts'
import { showHidden } from './show-hidden.ts'

/**
 * Untrusted text for places that show it as it is (annotations, SARIF, JSON): nothing hidden, no credential.
 * Hidden characters are shown first, so that one in the middle of a credential does not keep it from being found.
 */
export function visibleText(text: string): string {
  return redactSecrets(showHidden(text))
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/\s+/g, ' ')).trim()
}

/** Cuts by code points and says so with an ellipsis, never through a surrogate pair. */
export function clip(text: string, most: number): string {
  const points = text.length > most ? [...text] : []
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : text
}
