import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { checkAdapterDirectory } from './check-adapter-directory.ts'
import { answerTo, likelihoodOf, renderChat, tokenize } from './speak.ts'

export interface VllmOptions {
  readonly model?: string
  readonly apiKey?: string
  /** `--max-lora-rank`; default 16. */
  readonly maxRank?: number
  readonly maxModelLength?: number
  /** VLLM_ALLOW_RUNTIME_LORA_UPDATING; default true. */
  readonly runtimeLora?: boolean
  /** VLLM_LORA_RESOLVER_CACHE_DIR: unknown models are looked up there. */
  readonly resolverDirectory?: string
  /** `--scheduling-policy priority`; default true. */
  readonly priorityScheduling?: boolean
  /** Where this machine sees what the server is told of as `asSeen`. */
  readonly mount?: { readonly asSeen: string; readonly here: string }
  /** Loads adapters and does not apply them, as some versions do with some models. */
  readonly appliesAdapters?: boolean
}

export interface Vllm extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly { readonly method: string; readonly path: string; readonly body: unknown }[]
  /** Name of each loaded adapter, and where it was loaded from. */
  readonly adapters: ReadonlyMap<string, string>
  /** As a process that ended and was started again: nothing of what was loaded is left. */
  restart(): void
}

/** Answered with a status and a body in vLLM's form. */
class Refusal extends Error {
  readonly status: number
  readonly body: unknown
  constructor(status: number, type: string, message: string) {
    super(message)
    this.status = status
    this.body = { error: { message, type, param: null, code: status } }
  }
}

const notFound = (message: string) => new Refusal(404, 'NotFoundError', message)
const badRequest = (message: string) => new Refusal(400, 'BadRequestError', message)

const Load = z.object({
  lora_name: z.string(),
  lora_path: z.string(),
  load_inplace: z.boolean().default(false),
  is_3d_lora_weight: z.boolean().default(false),
})
const Unload = z.object({ lora_name: z.string(), lora_int_id: z.int().nullish() })
const ChatMessage = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })
const Chat = z.object({
  model: z.string(),
  messages: z.array(ChatMessage).min(1),
  max_tokens: z.int().min(1),
  stream: z.boolean().default(false),
  priority: z.int().default(0),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }),
  }),
})
const Completion = z.object({
  model: z.string(),
  prompt: z.array(z.int().min(0)).min(1),
  max_tokens: z.int().min(1),
  priority: z.int().default(0),
  prompt_logprobs: z.int().min(0).nullish(),
})
const Tokenize = z.union([
  z.object({ messages: z.array(ChatMessage).min(1), add_generation_prompt: z.boolean().default(true) }),
  z.object({ prompt: z.string() }),
])

/**
 * A server that speaks vLLM's protocol with its routes, words and refusals, and is strict where it would fail later:
 * adapters are checked file by file. It answers each model with other words, so that adapters can be told apart.
 */
export async function startVllm(options: VllmOptions = {}): Promise<Vllm> {
  const adapters = new Map<string, string>()
  const requests: { method: string; path: string; body: unknown }[] = []
  const routes = routesOf(options, adapters)
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? ''
      const body = await bodyOf(request)
      requests.push({ method: request.method ?? '', path, body })
      if (options.apiKey !== undefined && path.startsWith('/v1')) {
        if (request.headers.authorization !== `Bearer ${options.apiKey}`) {
          return sendJson(response, 401, { error: 'Unauthorized' })
        }
      }
      const route = routes[`${request.method} ${path}`]
      if (route === undefined) return sendJson(response, 404, { detail: 'Not Found' })
      await route(body, response)
    })().catch((error: unknown) => {
      if (error instanceof Refusal) sendJson(response, error.status, error.body)
      else if (error instanceof z.ZodError) {
        sendJson(response, 400, badRequest(z.prettifyError(error)).body)
      } else response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    adapters,
    restart: () => adapters.clear(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Route = (body: unknown, response: ServerResponse) => void | Promise<void>

function routesOf(options: VllmOptions, adapters: Map<string, string>): Readonly<Record<string, Route>> {
  const { model = 'review-base', maxModelLength = 32_768, runtimeLora = true } = options
  const voice = async (name: string) => {
    if (name !== model && !adapters.has(name)) await resolve(name)
    return options.appliesAdapters === false ? model : (adapters.get(name) ?? name)
  }
  const resolve = async (name: string) => {
    const path = join(options.resolverDirectory ?? '/nowhere', name)
    const unknown = notFound(`The model \`${name}\` does not exist.`)
    if (options.resolverDirectory === undefined || !existsSync(path)) throw unknown
    const complaints = await checkAdapterDirectory(path, { ...rules, baseModel: model })
    if (complaints.length > 0) throw unknown
    adapters.set(name, path)
  }
  const rules = options.maxRank === undefined ? {} : { maxRank: options.maxRank }
  const expectFit = (prompt: number, answer: number) => {
    if (prompt + answer <= maxModelLength) return
    throw badRequest(
      `This model's maximum context length is ${maxModelLength} tokens. However, you requested ${prompt + answer} tokens (${prompt} in the messages, ${answer} in the completion). Please reduce the length of the messages or completion.`,
    )
  }
  const expectPriority = (priority: number) => {
    if (priority === 0 || options.priorityScheduling !== false) return
    throw badRequest(`Got priority ${priority} but Priority scheduling is not enabled.`)
  }

  const load: Route = async (raw, response) => {
    const { lora_name: name, lora_path: path, load_inplace: inPlace } = Load.parse(raw)
    if (name === '' || path === '') {
      throw new Refusal(400, 'InvalidUserInput', "Both 'lora_name' and 'lora_path' must be provided.")
    }
    if (inPlace)
      throw badRequest('This stand-in never replaces an adapter: its cache would serve the old one.')
    if (adapters.has(name)) {
      throw new Refusal(
        400,
        'InvalidUserInput',
        `The lora adapter '${name}' has already been loaded. If you want to load the adapter in place, set 'load_inplace' to True.`,
      )
    }
    // The real one takes such a path for a name on its hub and fetches it.
    if (!isAbsolute(path)) throw badRequest(`'${path}' is a name on a hub, which is offline.`)
    const here = options.mount === undefined ? path : path.replace(options.mount.asSeen, options.mount.here)
    if (!existsSync(here)) throw notFound(`No adapter found for ${path}`)
    const complaints = await checkAdapterDirectory(here, rules)
    if (complaints.length > 0) throw badRequest(complaints.join(' '))
    adapters.set(name, path)
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(`Success: LoRA adapter '${name}' added successfully.`)
  }
  const unload: Route = (raw, response) => {
    const { lora_name: name } = Unload.parse(raw)
    if (!adapters.delete(name)) throw notFound(`The lora adapter '${name}' cannot be found.`)
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(`Success: LoRA adapter '${name}' removed successfully.`)
  }

  return {
    'GET /health': (_body, response) => {
      response.writeHead(200).end()
    },
    'GET /version': (_body, response) => sendJson(response, 200, { version: '0.28.0' }),
    'GET /v1/models': (_body, response) => {
      const entry = { object: 'model', created: 1, owned_by: 'vllm', permission: [] }
      const base = {
        ...entry,
        id: model,
        root: `/models/${model}`,
        parent: null,
        max_model_len: maxModelLength,
      }
      const loaded = [...adapters].map(([id, root]) => ({
        ...entry,
        id,
        root,
        parent: model,
        max_model_len: null,
      }))
      sendJson(response, 200, { object: 'list', data: [base, ...loaded] })
    },
    'POST /tokenize': (raw, response) => {
      const asked = Tokenize.parse(raw)
      const text = 'prompt' in asked ? asked.prompt : renderChat(asked.messages, asked.add_generation_prompt)
      const tokens = tokenize(text)
      sendJson(response, 200, {
        count: tokens.length,
        max_model_len: maxModelLength,
        tokens,
        token_strs: null,
      })
    },
    'POST /v1/chat/completions': async (raw, response) => {
      const chat = Chat.parse(raw)
      expectPriority(chat.priority)
      const name = await voice(chat.model)
      const prompt = tokenize(renderChat(chat.messages, true))
      expectFit(prompt.length, chat.max_tokens)
      const text = answerTo(chat.response_format.json_schema.schema, name)
      const usage = { prompt_tokens: prompt.length, completion_tokens: text.length, total_tokens: 0 }
      if (!chat.stream) {
        const choice = { index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }
        return sendJson(response, 200, { object: 'chat.completion', choices: [choice], usage })
      }
      const event = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`)
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] })
      event({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })
      event({ choices: [{ index: 0, delta: { content: '' }, finish_reason: 'stop', stop_reason: null }] })
      event({ choices: [], usage })
      response.end('data: [DONE]\n\n')
    },
    'POST /v1/completions': async (raw, response) => {
      const asked = Completion.parse(raw)
      expectPriority(asked.priority)
      const name = await voice(asked.model)
      expectFit(asked.prompt.length, asked.max_tokens)
      const told = asked.prompt.map((token, index) =>
        index === 0
          ? null
          : { [token]: { logprob: likelihoodOf(name, token), rank: 1, decoded_token: String(token) } },
      )
      const choice = { index: 0, text: 'x', finish_reason: 'length', logprobs: null }
      sendJson(response, 200, {
        object: 'text_completion',
        choices: [{ ...choice, prompt_logprobs: asked.prompt_logprobs == null ? null : told }],
      })
    },
    ...(runtimeLora ? { 'POST /v1/load_lora_adapter': load, 'POST /v1/unload_lora_adapter': unload } : {}),
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const piece of request) text += piece
  return text === '' ? undefined : JSON.parse(text)
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
