interface Described {
  readonly description: string
  readonly required?: boolean
  readonly default?: string
}

interface ActionDefinition {
  readonly inputs: Readonly<Record<string, Described>>
  readonly outputs: Readonly<Record<string, Described>>
}

/** The page of inputs and outputs, from `action.yml`. */
export function actionPage({ inputs, outputs }: ActionDefinition): string {
  const inputRows = Object.entries(inputs).map(
    ([name, input]) => `| \`${name}\` | ${input.description} | ${defaultOf(input)} |`,
  )
  const outputRows = Object.entries(outputs).map(
    ([name, output]) => `| \`${name}\` | ${output.description} |`,
  )
  return `<!-- Written by "npm run generate" from action.yml. -->
# Inputs and outputs of the Action

## Inputs

| input | meaning | default |
|---|---|---|
${inputRows.join('\n')}

## Outputs

| output | meaning |
|---|---|
${outputRows.join('\n')}
`
}

function defaultOf(input: Described): string {
  if (input.required === true) return 'required'
  return input.default === undefined || input.default === '' ? '' : `\`${input.default}\``
}
