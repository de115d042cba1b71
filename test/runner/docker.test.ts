import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settings } from '../../runner/model-server/src/config.ts'

const root = join(import.meta.dirname, '../..')
const dockerfile = readFileSync(join(root, 'runner/docker/Dockerfile'), 'utf8')
const compose = parse(readFileSync(join(root, 'runner/docker/compose.yaml'), 'utf8')) as {
  services: Record<
    string,
    { build: { context: string; dockerfile: string }; environment: Record<string, string> }
  >
}
const known = new Set([...Object.keys(settings.shape), 'NODE_ENV'])

describe('the image of the model server', () => {
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
    const names = variables.split(' ').map((pair) => pair.split('=')[0] ?? '')
    expect(names.filter((name) => !known.has(name))).toEqual([])
    const [, program = ''] = /^CMD \["node", "(.+)"\]$/m.exec(dockerfile) ?? []
    expect(existsSync(join(root, program))).toBe(true)
  })

  it('does not run as root', () => {
    expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
  })
})

describe('the compose file', () => {
  const services = Object.values(compose.services)

  it('builds from files that are there', () => {
    for (const { build } of services) {
      const context = join(root, 'runner/docker', build.context)
      expect(existsSync(join(context, build.dockerfile))).toBe(true)
    }
  })

  it('hands on every variable that README.md names for it', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const [, section = ''] = /\*\*1\. The model server\*\*([\s\S]*?)\*\*2\./.exec(readme) ?? []
    const named = [...section.matchAll(/\b([A-Z]+(?:_[A-Z]+)+|MODEL)\b/g)].map(([, name = '']) => name)
    expect(named).toEqual(expect.arrayContaining(['API_KEYS', 'MODEL', 'OPENAI_BASE_URL', 'OPENAI_MODEL']))
    for (const { environment } of services)
      expect(named.filter((name) => !environment[name]?.includes(`\${${name}:`))).toEqual([])
  })

  it('sets only variables that the server reads', () => {
    const names = services.flatMap(({ environment }) => Object.keys(environment))
    expect(names.filter((name) => !known.has(name))).toEqual([])
  })
})
