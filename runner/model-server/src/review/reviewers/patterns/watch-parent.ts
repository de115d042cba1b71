/**
 * Runs in a thread of the scanning process and ends that process when its parent is gone: a scan blocks the main
 * thread, which then sees neither a signal handler nor the closed channel, and would go on alone.
 */
const parent = process.ppid
const everyMs = 500

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, everyMs)
