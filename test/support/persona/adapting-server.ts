import { createApp } from '../../../runner/model-server/src/app.ts'
import { readConfig } from '../../../runner/model-server/src/config.ts'
import { createLog } from '../../../runner/model-server/src/log.ts'
import { createAdaptingEngine } from '../adapting-engine.ts'
import { answersOf } from './trained-persona.ts'

/** A model server in a process of its own, to be killed, with an engine of the test; its address is its first line. */
const config = readConfig(process.env)
const app = await createApp(config, createLog('trace'), {
  engine: createAdaptingEngine({ answer: answersOf('good') }),
})
await app.started
const url = await app.http.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`listening ${url}\n`)
