import type { ScanRule, ScanTask } from './scan-text.ts'
import { scanText } from './scan-text.ts'

/** From the parent: first the shipped rules, then one task at a time that names them by id or brings its own. */
export type ToScanProcess =
  | { readonly kind: 'rules'; readonly rules: readonly ScanRule[] }
  | {
      readonly kind: 'task'
      readonly known: readonly string[]
      readonly task: ScanTask
    }

const rulesById = new Map<string, ScanRule>()

function answer(message: ToScanProcess): void {
  if (message.kind === 'rules') {
    for (const rule of message.rules) rulesById.set(rule.id, rule)
    return
  }
  const known = message.known.map((id) => rulesById.get(id)).filter((rule) => rule !== undefined)
  process.send?.(scanText({ ...message.task, rules: [...known, ...message.task.rules] }))
}

process.on('message', answer)
process.on('disconnect', () => process.exit(0))
