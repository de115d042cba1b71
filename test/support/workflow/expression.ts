import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { truthy } from '@actions/expressions/result'
import type { Json, JsonObject } from '../github/json.ts'

/** What expressions may look into, by name: `github`, `vars`, `secrets`, `inputs`. */
export type Contexts = Readonly<Record<string, JsonObject>>

/** The value of an expression, by GitHub's own lexer, parser and evaluator. Throws where GitHub would refuse it. */
function evaluate(expression: string, contexts: Contexts): data.ExpressionData {
  const { tokens } = new Lexer(expression).lex()
  const names = Object.keys(contexts)
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary
  return new Evaluator(new Parser(tokens, names, []).parse(), context).evaluate()
}

/** Whether an `if` holds; `${{ }}` around it may be left out, and none at all holds. */
export function holds(condition: string | undefined, contexts: Contexts): boolean {
  if (condition === undefined) return true
  const bare = /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(condition)?.[1] ?? condition
  return truthy(evaluate(bare.trim(), contexts))
}

/** Text with the values of its expressions in it. */
export function filled(text: Json | undefined, contexts: Contexts): string {
  return String(text ?? '').replace(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) =>
    evaluate(expression.trim(), contexts).coerceString(),
  )
}
