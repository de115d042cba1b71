import { basename, isAbsolute, posix } from 'node:path'
import { z } from 'zod'
import { AdapterSet, expectAdapterName } from '../adapter-set.ts'
import { type AdapterFiles, type EngineAdapters, EngineError } from '../engine.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpClient } from './http-client.ts'
import { StatusError } from './server-error.ts'

interface OpenAiAdapters extends EngineAdapters {
  /** Calls with the name of the model to ask for; an adapter that a restarted server lost is loaded again. */
  call<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

interface AdapterServer {
  readonly client: HttpClient
  /** Where the server sees the directory that adapters lie in, if elsewhere than this machine. */
  readonly directory?: string | undefined
}

/** An adapter in the list of models has the model that it changes for a parent. */
const Listed = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      root: z.string().nullish().catch(null),
      parent: z.string().nullish().catch(null),
    }),
  ),
})

const loadPath = '/v1/load_lora_adapter'
const unloadPath = '/v1/unload_lora_adapter'

/** The adapters of vLLM, whose runtime loading an administrator switches on; null where the server has none. */
export async function probeAdapters(server: AdapterServer): Promise<OpenAiAdapters | null> {
  try {
    // Without a name nothing is loaded: a server that knows the path complains of that.
    await server.client.text({ path: loadPath, body: {} })
  } catch (error) {
    if (error instanceof StatusError && (error.status === 400 || error.status === 422)) {
      return openAiAdapters(server)
    }
    if (error instanceof EngineError && error.code === 'unavailable') throw error
  }
  return null
}

function openAiAdapters({ client, directory }: AdapterServer): OpenAiAdapters {
  const set = new AdapterSet()

  const rootOf = async (name: string) => (await listed(client)).get(name)
  const ensure = async (adapter: AdapterFiles) => {
    const path = pathOf(adapter, directory)
    const root = await rootOf(adapter.name)
    if (root === undefined) await load(adapter.name, path)
    else expectSame(root, path)
  }
  const load = async (name: string, path: string) => {
    try {
      await client.text({ path: loadPath, body: { lora_name: name, lora_path: path } })
    } catch (error) {
      if (!(error instanceof StatusError) || error.code !== 'rejected') throw error
      // Another call, or another replica of this server, may have been faster.
      const root = await rootOf(name)
      if (root === undefined) throw refusal(error)
      expectSame(root, path)
    }
  }

  return {
    async load(adapter) {
      expectAdapterName(adapter.name)
      await ensure(adapter).catch(throwForLoading)
      set.add(adapter)
    },
    async unload(name) {
      expectAdapterName(name)
      await set.remove(name)
      await client.text({ path: unloadPath, body: { lora_name: name } }).catch(ignoreMissing)
    },
    async list() {
      const there = await listed(client)
      return set.names.filter((name) => there.has(name))
    },
    call: async (name, work) =>
      await set.use(name, async (adapter) => {
        try {
          return await work()
        } catch (error) {
          const isLost = error instanceof StatusError && error.status === 404
          if (!isLost || (await rootOf(name)) !== undefined) throw error
          await ensure(adapter)
          return await work()
        }
      }),
  }
}

/** Where each adapter was loaded from, by name. */
async function listed(client: HttpClient): Promise<ReadonlyMap<string, string>> {
  const models = Listed.safeParse(parseJson(await client.text({ path: '/v1/models' })))
  if (!models.success) throw new EngineError('rejected', 'The model server has no list of models.')
  return new Map(
    models.data.data.flatMap(({ id, root, parent }) => (parent == null ? [] : [[id, root ?? '']])),
  )
}

/** A path that is not absolute would be taken for a name on a public hub, and fetched from there. */
function pathOf(adapter: AdapterFiles, directory: string | undefined): string {
  const path =
    directory === undefined ? adapter.directory : posix.join(directory, basename(adapter.directory))
  if (!isAbsolute(path)) {
    throw new EngineError('rejected', 'The directory of an adapter must be an absolute path.')
  }
  return path
}

/** Names are content-addressed, so one name from two places is a mistake that would mix up two people's adapters. */
function expectSame(root: string, path: string): void {
  if (root === path) return
  throw new EngineError(
    'rejected',
    'The model server has another adapter of this name: unload it there, or compare ENGINE_ADAPTERS_DIR with where it sees the adapters.',
  )
}

function refusal(error: StatusError): StatusError {
  const { status } = error
  if (status === 401 || status === 403) return error
  const message =
    status === 404
      ? 'The model server finds no adapter there: set ENGINE_ADAPTERS_DIR to where it sees the adapters.'
      : 'The model server refuses the adapter: its rank may exceed --max-lora-rank, or it was trained for another model.'
  return new StatusError(status, 'rejected', { message })
}

/** Answers that tell how the server is set up and nothing of the adapter: it may be taken once that is mended. */
const setUpStatuses: readonly number[] = [401, 403, 404]

function throwForLoading(error: unknown): never {
  if (!(error instanceof StatusError) || !setUpStatuses.includes(error.status)) throw error
  throw new StatusError(error.status, 'unavailable', { message: error.message })
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof StatusError && error.status === 404)) throw error
}
