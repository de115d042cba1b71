import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { wireJsonSchemas } from '@ai-review/protocol/json-schemas'
import { parse } from 'yaml'
import { openApiDocument } from '../runner/model-server/src/openapi.ts'
import { policyJsonSchema } from '../src/review/policy-json-schema.ts'
import { actionPage } from './action-page.ts'
import { rulesPage } from './rules-page.ts'

/** Writes everything that is made from the sources and committed: schemas, the server's contract, the pages of inputs and rules. */
const root = join(import.meta.dirname, '..')

function write(path: string, text: string): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

write('schema/ai-review.schema.json', json(policyJsonSchema()))
for (const [name, schema] of Object.entries(wireJsonSchemas())) {
  write(`runner/protocol/schema/${name}.json`, json(schema))
}
write('runner/protocol/openapi.json', json(await openApiDocument()))
write('docs/action.md', actionPage(parse(readFileSync(join(root, 'action.yml'), 'utf8'))))
write('docs/rules.md', rulesPage())
