import { setTimeout } from 'node:timers/promises'
import { ReviewRequest } from '@ai-review/protocol/review'
import type { Candidate } from '../runner/model-server/src/review/reviewer.ts'
import { createPatternsReviewer } from '../runner/model-server/src/review/reviewers/patterns/patterns-reviewer.ts'
import { loadShippedRules } from '../runner/model-server/src/review/reviewers/patterns/shipped-rules.ts'
import { createSecretsReviewer } from '../runner/model-server/src/review/reviewers/secrets/secrets-reviewer.ts'
import { createTextReviewer } from '../runner/model-server/src/review/reviewers/text/text-reviewer.ts'
import { type Language, parseSource } from '../runner/model-server/src/review/syntax/languages.ts'

/**
 * `npm run bench:patterns`: milliseconds to parse 1,000 lines of each language and to run each of its rules over them,
 * then a change of 3,000 added files through every deterministic reviewer, with the longest stall of the event loop.
 */

const lines = 1000
const rounds = 5
const changeFiles = 3000

const blocks: Readonly<Record<Language, (number: number) => string>> = {
  JavaScript: (n) =>
    `export async function load${n}(id) {\n  try {\n    const item = await find(id, ${n})\n    return item === null ? [] : item.lines.map((line) => line.total * ${n})\n  } catch (error) {\n    report(error)\n    throw new Error(\`no \${id}\`)\n  }\n}\n`,
  TypeScript: (n) =>
    `export async function load${n}(id: string): Promise<number[]> {\n  try {\n    const item = await find(id, ${n})\n    return item === null ? [] : item.lines.map((line) => line.total * ${n})\n  } catch (error) {\n    report(error)\n    throw new Error(\`no \${id}\`)\n  }\n}\n`,
  Tsx: (n) =>
    `export function Row${n}({ items }: Props) {\n  const [open, setOpen] = useState(false)\n  useEffect(() => {\n    void load(${n})\n  }, [])\n  return <ul onClick={() => setOpen(!open)}>{items.map((item) => <li key={item.id}>{item.name}</li>)}</ul>\n}\n`,
  python: (n) =>
    `def load_${n}(item, names=None):\n    try:\n        with open(item.path, encoding="utf-8") as file:\n            return [line.strip() for line in file if line != "${n}"]\n    except OSError as error:\n        log.warning("not read: %s", error)\n        raise\n`,
  java: (n) =>
    `class Item${n} {\n  int load(String id) throws IOException {\n    try (Reader reader = open(id)) {\n      return id.equals("a") ? reader.read() : ${n};\n    } catch (SQLException e) {\n      log.error("not read", e);\n      throw new IOException(e);\n    }\n  }\n}\n`,
  go: (n) =>
    `func load${n}(id string) (int, error) {\n\tfile, err := os.Open(id)\n\tif err != nil {\n\t\treturn 0, fmt.Errorf("open %s: %w", id, err)\n\t}\n\tdefer file.Close()\n\treturn read(file, ${n})\n}\n`,
}

const extensions: Readonly<Record<Language, string>> = {
  JavaScript: 'js',
  TypeScript: 'ts',
  Tsx: 'tsx',
  python: 'py',
  java: 'java',
  go: 'go',
}
const languages = Object.keys(blocks) as Language[]

function sourceOf(language: Language, length: number): string {
  const prologue = language === 'go' ? 'package shop\n' : ''
  let text = prologue
  for (let number = 0; text.split('\n').length < length; number += 1) text += blocks[language](number)
  return text
}

function timed(run: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}

function printRules(language: Language): void {
  const text = sourceOf(language, lines)
  const rules = loadShippedRules().filter((rule) => rule.languages.includes(language))
  const parse = timed(() => parseSource(language, text).root())
  const root = parseSource(language, text).root()
  const costs = rules
    .map((rule) => ({ id: rule.id, ms: timed(() => root.findAll(rule.matcher as never)) }))
    .sort((a, b) => b.ms - a.ms)
  const total = costs.reduce((sum, { ms }) => sum + ms, 0)
  const dearest = costs.slice(0, 3).map(({ id, ms }) => `${id} ${ms.toFixed(2)}`)
  process.stdout.write(
    `${language.padEnd(11)} parse ${parse.toFixed(1)} ms · ${rules.length} rules ${total.toFixed(1)} ms, ${(total / rules.length).toFixed(2)} ms each · dearest: ${dearest.join(', ')}\n`,
  )
}

function aLargeRequest(): ReviewRequest {
  const texts = languages.map((language) => ({ language, text: sourceOf(language, 100) }))
  const files = Array.from({ length: changeFiles }, (_, index) => {
    const { language, text } = texts[index % texts.length] ?? { language: 'go', text: '' }
    const added = text
      .split('\n')
      .map((line, at) => ({ kind: 'added' as const, text: line, newLine: at + 1 }))
    return {
      path: `src/part-${index}.${extensions[language]}`,
      status: 'added' as const,
      headText: text,
      hunks: [
        {
          oldStart: 0,
          oldLines: 0,
          newStart: 1,
          newLines: added.length,
          section: '',
          identity: '0'.repeat(64),
          lines: added,
        },
      ],
    }
  })
  return ReviewRequest.parse({
    repository: { id: 1, owner: 'bench', name: 'patterns' },
    change: { number: 1, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) },
    policyHash: '0'.repeat(64),
    deadlineMs: 600_000,
    changedFiles: [],
    files,
  })
}

/** Runs something and tells how long the event loop stood still at most meanwhile. */
async function watched<T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly ms: number; readonly stall: number }> {
  let last = performance.now()
  let stall = 0
  const stop = new AbortController()
  const watch = async () => {
    while (!stop.signal.aborted) {
      await setTimeout(5)
      stall = Math.max(stall, performance.now() - last - 5)
      last = performance.now()
    }
  }
  const watching = watch()
  const start = performance.now()
  const result = await run()
  const ms = performance.now() - start
  stop.abort()
  await watching
  return { result, ms, stall }
}

for (const language of languages) printRules(language)
const request = aLargeRequest()
for (const reviewer of [createPatternsReviewer(), createSecretsReviewer(), createTextReviewer()]) {
  const context = {
    signal: new AbortController().signal,
    deadline: Date.now() + 600_000,
    onProgress: () => {},
  }
  const { result, ms, stall } = await watched(() => reviewer.review(request, context))
  const candidates: readonly Candidate[] = result.candidates
  process.stdout.write(
    `${reviewer.name.padEnd(11)} ${changeFiles} files of 100 lines in ${(ms / 1000).toFixed(1)} s · longest stall of the server ${stall.toFixed(0)} ms · ${candidates.length} findings · ${result.coverage.length} files not read\n`,
  )
}
