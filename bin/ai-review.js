#!/usr/bin/env node
// Plain JavaScript that any Node can parse: it hands over to the Node 24 that npm installed beside the
// product, because the sources are TypeScript and older Nodes cannot run them.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const installed = ['x64', 'arm64']
  .map((arch) => join(root, 'node_modules', `node-linux-${arch}`, 'bin/node'))
  .find(existsSync)
const node = Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : installed
if (!node) {
  process.stderr.write(
    'ai-review needs Node 24 or newer. Install it, or run "npm ci" in the folder of ai-review-action.\n',
  )
  process.exit(2)
}
const child = spawn(node, [join(root, 'src/cli/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`ai-review cannot start ${node}: ${error.message}\n`)
  process.exitCode = 2
})
child.on('exit', (status) => {
  process.exitCode = status ?? 2
})
