import { readFileSync } from 'node:fs'
import {
  type ASTVisitor,
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  parse,
  specifiedRules,
  type ValidationContext,
  validate,
} from 'graphql'
import { mutationRoot, queryRoot } from './graphql-root.ts'
import { isObject, type Json } from './json.ts'
import type { Token, World } from './state.ts'

let schema: GraphQLSchema | undefined

/** Read on first use: it takes more than half a second. */
function githubSchema(): GraphQLSchema {
  const place = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'))
  // The published text defines some fields twice, which validation of the text would refuse.
  schema ??= buildSchema(readFileSync(place, 'utf8'), { assumeValidSDL: true })
  return schema
}

/** GitHub's own rule beyond the schema: every connection needs `first` or `last`, from 1 to 100. */
function boundedConnections(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const type = getNamedType(context.getType() ?? undefined)
      if (!isObjectType(type) || !type.name.endsWith('Connection')) return
      const bound = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')
      if (bound === undefined) {
        const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${node.name.value}\` connection.`
        context.reportError(new GraphQLError(message, { nodes: node }))
      } else if (bound.value.kind === 'IntValue' && !isInRange(Number(bound.value.value))) {
        const message = `\`${bound.name.value}\` on the \`${node.name.value}\` connection must be between 1 and 100 records.`
        context.reportError(new GraphQLError(message, { nodes: node }))
      }
    },
  }
}

function isInRange(records: number): boolean {
  return records >= 1 && records <= 100
}

/** Answers a GraphQL request against GitHub's own schema. A query that the schema forbids is a violation as well. */
export async function answerGraphql(
  world: World,
  token: Token,
  body: Json,
): Promise<{ body: Json; violations: string[] }> {
  const query = isObject(body) ? body.query : undefined
  if (typeof query !== 'string') {
    return {
      body: { errors: [{ message: 'A query attribute must be specified and must be a string.' }] },
      violations: ['no query'],
    }
  }
  const document = parse(query)
  const problems = validate(githubSchema(), document, [...specifiedRules, boundedConnections])
  if (problems.length > 0) {
    const errors = problems.map((problem) => ({ message: problem.message }))
    return { body: { errors }, violations: errors.map(({ message }) => message) }
  }
  const variables = isObject(body) && isObject(body.variables) ? body.variables : {}
  const result = await execute({
    schema: githubSchema(),
    document,
    rootValue: { ...queryRoot(world, token), ...mutationRoot(world, token) },
    variableValues: variables,
  })
  const errors = (result.errors ?? []).map((error) => ({
    message: error.message,
    ...(typeof error.extensions.type === 'string' ? { type: error.extensions.type } : {}),
    path: (error.path ?? []) as Json[],
  }))
  const data = JSON.parse(JSON.stringify(result.data ?? null)) as Json
  const broken = (result.errors ?? []).filter((error) => error.extensions.type === undefined)
  return {
    body: { data, ...(errors.length === 0 ? {} : { errors }) },
    violations: broken.map((error) => error.message),
  }
}
