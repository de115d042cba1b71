import { startTinyEngine } from './tiny-engine.ts'

const engine = await startTinyEngine()
process.stdout.write(`${engine.pid}\n`)
