import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Scan, type ScanRule, type ScanTask, scanText } from './scan-text.ts'

/** From the parent: first the shipped rules, then one task at a time that names them by id or brings its own. */
export type ToScanProcess =
  | { readonly kind: 'rules'; readonly rules: readonly ScanRule[] }
  | {
      readonly kind: 'task'
      readonly known: readonly string[]
      readonly task: ScanTask
    }

/** To the parent: once that everything is loaded, then one scan for each task. */
export type FromScanProcess = { readonly kind: 'ready' } | { readonly kind: 'scan'; readonly scan: Scan }

const rulesById = new Map<string, ScanRule>()

function tell(message: FromScanProcess): void {
  process.send?.(message)
}

function answer(message: ToScanProcess): void {
  if (message.kind === 'rules') {
    for (const rule of message.rules) rulesById.set(rule.id, rule)
    return
  }
  const known = message.known.map((id) => rulesById.get(id)).filter((rule) => rule !== undefined)
  tell({ kind: 'scan', scan: scanText({ ...message.task, rules: [...known, ...message.task.rules] }) })
}

process.on('message', answer)
process.on('disconnect', () => process.exit(0))
new Worker(join(import.meta.dirname, 'watch-parent.ts')).unref()
tell({ kind: 'ready' })
