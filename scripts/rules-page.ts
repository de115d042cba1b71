import { loadShippedRules } from '../runner/model-server/src/review/reviewers/patterns/shipped-rules.ts'
import { libraryKinds } from '../runner/model-server/src/review/reviewers/secrets/library-kinds.ts'
import { shapes } from '../runner/model-server/src/review/reviewers/secrets/shapes.ts'
import { wordings } from '../runner/model-server/src/review/reviewers/text/wordings.ts'
import type { Language } from '../runner/model-server/src/review/syntax/languages.ts'

const intro = `# Rules

These rules need no model: they run on every review, look only at added lines, and give the same answer every time. Switch
one off by its id in \`.github/ai-review.yml\` on the base branch:

\`\`\`yaml
rules:
  disable: [js-empty-catch]
\`\`\`

## Rules of your own

Put [ast-grep rules](https://ast-grep.github.io/reference/yaml.html) into \`.github/ai-review/rules/*.yml\` on the base branch,
one or more to a file. A rule with the id of a shipped rule takes its place; \`severity: off\` switches it off.

\`\`\`yaml
id: no-console-in-handlers
language: TypeScript          # JavaScript, TypeScript, Tsx, Python, Java or Go
severity: warning             # error: high · warning: medium · info, hint: low
message: Use the request's logger instead of $CALL
note: Lines without a request id cannot be found again.
files: ['src/handlers/**']
metadata:                     # optional
  category: maintainability
  confidence: 0.8
  languages: [JavaScript]     # holds there as well
  mentions: [console]         # runs only on files that hold one of these texts
rule:
  kind: call_expression
  has: { field: function, pattern: $CALL, regex: ^console }
\`\`\`

\`constraints\`, \`utils\`, \`transform\`, \`ignores\` and a \`fix\` in the form of a text work as in ast-grep; \`rewriters\` do not.
A rule that cannot be used is named in the check with the reason, and the others go on. Limits: 64 KB and 3,000 lines to a
file, 256 KB and 200 rules to a repository, no YAML aliases. In a \`regex\`, \`[A-Za-z0-9_]\` compiles many times faster
than \`\\w\`.
`

const sections: readonly (readonly [string, Language])[] = [
  ['JavaScript and TypeScript', 'TypeScript'],
  ['JSX', 'Tsx'],
  ['Python', 'python'],
  ['Java', 'java'],
  ['Go', 'go'],
]

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function patternTables(): string {
  const rules = loadShippedRules()
  return sections
    .map(([heading, language]) => {
      const rows = rules
        .filter((rule) => rule.languages[0] === language)
        .map((rule) => [`\`${rule.id}\``, rule.title, rule.severity, rule.category])
      return `## ${heading}\n\n${table(['id', 'finding', 'severity', 'category'], rows)}\n`
    })
    .join('\n')
}

function secretTable(): string {
  const own = shapes.map(({ id, kind }) => [`\`${id}\``, kind])
  const known = Object.entries(libraryKinds).map(([rule, kind]) => [`\`secret-${rule}\``, kind])
  const rows = [
    ...own,
    ...known,
    ['`secret-assignment`', 'A name such as `password` with a value that looks real'],
  ]
  return `## Credentials\n\nA finding names the kind and the line, never the value. Other kinds that
[secretlint](https://github.com/secretlint/secretlint) knows are reported as \`secret-\` and the name of its rule.\n\n${table(['id', 'finding'], rows)}\n`
}

function textTable(): string {
  const hidden = Object.entries(wordings).map(([kind, { title, severity }]) => [
    `\`text-${kind}\``,
    title,
    severity,
  ])
  const rows = [...hidden, ['`text-conflict`', 'A merge conflict was committed', 'critical']]
  return `## Hidden text\n\n${table(['id', 'finding', 'severity'], rows)}\n`
}

/** The text of \`docs/rules.md\`: every deterministic rule by id. */
export function rulesPage(): string {
  return [intro, patternTables(), secretTable(), textTable()].join('\n')
}
