import { listenForCancellation } from './action/listen-for-cancellation.ts'
import { runAction } from './action/run-action.ts'
import { liveRoles } from './live-roles.ts'

const signal = listenForCancellation()
process.exitCode = await runAction(process.env, { signal, liveRoles })
// Work that a cancelled run gave up on may still hold the process.
if (signal.aborted) process.exit()
