import { listenForStop } from './action/listen-for-stop.ts'
import { runAction } from './action/run-action.ts'
import { liveRoles } from './live-roles.ts'

const signal = listenForStop()

// The bundler knows no await outside a function.
runAction(process.env, { signal, liveRoles }).then(leave, () => leave(1))

function leave(exitCode: number): void {
  process.exitCode = exitCode
  // Work that a stopped run gave up on may still hold the process.
  if (signal.aborted) process.exit()
}
