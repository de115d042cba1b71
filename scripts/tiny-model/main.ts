import { writeTinyModel } from './write-tiny-model.ts'

const [path] = process.argv.slice(2)
if (path === undefined) {
  process.stderr.write('Usage: node scripts/tiny-model/main.ts OUT.gguf\n')
  process.exitCode = 2
} else {
  await writeTinyModel(path)
}
