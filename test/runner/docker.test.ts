import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig, settings } from '../../runner/model-server/src/config.ts'

const root = join(import.meta.dirname, '../..')
interface Service {
  readonly profiles?: readonly string[]
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly environment: Readonly<Record<string, string>>
}

const servicesOf = (name: string): readonly Service[] => {
  const text = readFileSync(join(root, 'runner/docker', name), 'utf8')
  return Object.values((parse(text, { merge: true }) as { services: Record<string, Service> }).services)
}
/** HOME is the system's. */
const known = new Set([...Object.keys(settings.shape), 'NODE_ENV', 'HOME'])

describe.each(['Dockerfile', 'Dockerfile.trainer'])('the image of %s', (name) => {
  const dockerfile = readFileSync(join(root, 'runner/docker', name), 'utf8')

  it('copies only what is there and what .dockerignore lets through', () => {
    const allowed = readFileSync(join(root, '.dockerignore'), 'utf8').match(/^!(.+)$/gm) ?? []
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )
    expect(copied).not.toHaveLength(0)
    for (const path of copied) {
      expect(existsSync(join(root, path))).toBe(true)
      expect(allowed.some((entry) => path.startsWith(entry.slice(1)))).toBe(true)
    }
  })

  it('sets only variables that the server reads, and starts what is there', () => {
    const [, variables = ''] = /^ENV (.+)$/m.exec(dockerfile) ?? []
    const names = [...variables.matchAll(/(\w+)=("[^"]*"|\S+)/g)].map(([, variable = '']) => variable)
    expect(names).toContain('DATA_DIR')
    expect(names.filter((name) => !known.has(name))).toEqual([])
    const [, program = ''] = /^CMD \["node", "(.+)"\]$/m.exec(dockerfile) ?? []
    expect(existsSync(join(root, program))).toBe(true)
  })

  it('does not run as root', () => {
    expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
  })
})

describe.each(['compose.yaml', 'compose.gpu.yaml'])('%s', (name) => {
  const services = servicesOf(name)

  it('builds from files that are there', () => {
    const builds = services.flatMap(({ build }) => build ?? [])
    expect(builds).not.toHaveLength(0)
    for (const { context, dockerfile } of builds) {
      expect(existsSync(join(root, 'runner/docker', context, dockerfile))).toBe(true)
    }
  })

  it('sets only variables that the server reads', () => {
    const ours = services.filter(({ build }) => build !== undefined)
    const names = ours.flatMap(({ environment }) => Object.keys(environment))
    expect(names.filter((variable) => !known.has(variable))).toEqual([])
  })
})

describe('compose.yaml', () => {
  it('hands on every variable that README.md names for it', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const [, section = ''] = /\*\*1\. The model server\*\*([\s\S]*?)\*\*2\./.exec(readme) ?? []
    const named = [...section.matchAll(/\b([A-Z]+(?:_[A-Z]+)+|MODEL)\b/g)].map(
      ([, variable = '']) => variable,
    )
    expect(named).toEqual(expect.arrayContaining(['API_KEYS', 'MODEL', 'OPENAI_BASE_URL', 'OPENAI_MODEL']))
    for (const { environment } of servicesOf('compose.yaml'))
      expect(named.filter((variable) => !environment[variable]?.includes(`\${${variable}:`))).toEqual([])
  })
})

describe('compose.gpu.yaml', () => {
  const key = 'k'.repeat(32)
  const values: Record<string, string> = {
    API_KEYS: key,
    SEAL_KEY: key,
    DATABASE_URL: 'postgres://db/reviews',
    PUBLIC_URL: '',
  }
  /** As compose puts them in: a value from outside, else the one after `:-`. */
  const filledIn = (text: string) =>
    text.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_all, name: string, preset = '') => values[name] ?? preset)

  it.each([
    ['second-gpu', { kind: 'here', turns: 'beside' }, 'openai'],
    ['turns', { kind: 'here', turns: 'turns' }, 'llama'],
    ['remote', { kind: 'elsewhere' }, 'openai'],
    ['trainer', { kind: 'here', turns: 'beside' }, 'none'],
  ])(
    'with the profile %s starts one server that trains as %o with the engine %s',
    (profile, training, engine) => {
      const started = servicesOf('compose.gpu.yaml').filter(
        ({ profiles, build }) => build !== undefined && profiles?.includes(profile),
      )
      expect(started).toHaveLength(1)
      const set = Object.entries(started[0]?.environment ?? {}).map(([name, text]) => [name, filledIn(text)])
      const config = readConfig({ HOST: '0.0.0.0', ...Object.fromEntries(set) })
      expect(config).toMatchObject({ training, engine: { kind: engine }, adaptersDirectory: '/adapters' })
    },
  )
})

describe('the command of a container for each training', () => {
  const document = readFileSync(join(root, 'docs/server.md'), 'utf8')
  const dockerfile = readFileSync(join(root, 'runner/docker/Dockerfile.trainer'), 'utf8')

  it('runs the image that the Dockerfile is built as, with the directory of the job and no network', () => {
    const [, command = ''] = /^TRAINER_COMMAND=(docker run .+)$/m.exec(document) ?? []
    const { training } = readConfig({
      TRAINING: 'here',
      TRAINER_BASE_MODEL: '/models/base',
      TRAINER_COMMAND: command,
    })
    const words = training.kind === 'here' ? training.trainer.command : []
    const [, image = ''] = /docker build .* -t (\S+) /.exec(dockerfile) ?? []
    expect(words.slice(-4)).toEqual([image, 'python', '-m', 'trainer'])
    expect(words).toEqual(expect.arrayContaining(['{job}:{job}', '--network', 'none', '--rm']))
    const [, folder = ''] = / -w \/app\/(\S+)/.exec(command) ?? []
    expect(existsSync(join(root, folder, 'trainer/__main__.py'))).toBe(true)
  })
})
