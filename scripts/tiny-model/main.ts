import { writeTinyBase } from './write-tiny-base.ts'
import { writeTinyModel } from './write-tiny-model.ts'

const [first, second] = process.argv.slice(2)
if (first === '--base' && second !== undefined) {
  await writeTinyBase(second)
} else if (first !== undefined && !first.startsWith('--')) {
  await writeTinyModel(first)
} else {
  process.stderr.write('Usage: node scripts/tiny-model/main.ts OUT.gguf | --base DIRECTORY\n')
  process.exitCode = 2
}
