import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the server does with one completion: a text to answer, or another act. */
export type Act =
  | { readonly kind: 'answer'; readonly text: string; readonly finish?: string; readonly thoughts?: string }
  | { readonly kind: 'refusal'; readonly text: string }
  | { readonly kind: 'tool-calls' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body: string
      readonly headers?: Record<string, string>
    }
  | { readonly kind: 'raw'; readonly contentType: string; readonly body: string }
  /** Sends these pieces of the answer, one each `everyMs`, then drops the connection or ends. */
  | {
      readonly kind: 'pieces'
      readonly pieces: readonly string[]
      readonly everyMs: number
      readonly end: 'drop' | 'finish'
    }
  /** Sends the same piece again and again, until the caller has enough. */
  | { readonly kind: 'flood'; readonly status: number; readonly contentType: string; readonly piece: string }
  | { readonly kind: 'silence' }

/** The body of a completion request as the server got it. */
export interface SeenCompletion {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly max_tokens: number
  readonly seed: number
  readonly temperature: number
  readonly priority?: number
  readonly chat_template_kwargs?: unknown
  readonly stream?: boolean
  readonly response_format: {
    readonly json_schema: { readonly strict: boolean; readonly schema: Record<string, unknown> }
  }
}

export interface OpenAiServerOptions {
  readonly script: (completion: SeenCompletion) => Act
  /** Which counting it offers; by default vLLM's. */
  readonly tokenize?: 'vllm' | 'llama-server' | 'none'
  readonly model?: string
  /** Where llama-server says that its weights lie. */
  readonly modelPath?: string
  readonly maxModelLength?: number | null
  /** Fields it answers 400 to, as strict servers do. */
  readonly refusedFields?: readonly string[]
  readonly apiKey?: string
}

export interface OpenAiServer extends AsyncDisposable {
  readonly url: string
  /** Completions asked for by callers, probes left out. */
  readonly seen: readonly SeenCompletion[]
  /** Connections that a caller closed before the answer ended. */
  readonly closedEarly: () => number
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const piece of request) text += piece
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

function sendJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

const usage = { prompt_tokens: 120, completion_tokens: 30, prompt_tokens_details: { cached_tokens: 64 } }

const chunk = (delta: unknown, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`

const streamEnd = (finish: string) =>
  `${chunk({}, finish)}data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`

const countWords = (text: string) => Math.ceil(Buffer.byteLength(text) / 3)

function actPlainly(response: ServerResponse, doing: Act) {
  if (doing.kind === 'status') {
    response.writeHead(doing.status, { 'content-type': 'application/json', ...doing.headers })
    response.end(doing.body)
  } else if (doing.kind === 'raw') {
    response.writeHead(200, { 'content-type': doing.contentType })
    response.end(doing.body)
  } else if (doing.kind !== 'silence' && doing.kind !== 'flood') {
    const message = doing.kind === 'answer' ? { content: doing.text } : { content: null, refusal: 'no' }
    sendJson(response, 200, { choices: [{ index: 0, message, finish_reason: 'stop' }], usage })
  }
}

const callOfTool = { tool_calls: [{ index: 0, function: { name: 'shell', arguments: '{"cmd":"env"}' } }] }

async function sendPieces(response: ServerResponse, doing: Extract<Act, { kind: 'pieces' }>) {
  for (const piece of doing.pieces) {
    response.write(chunk({ content: piece }))
    await sleep(doing.everyMs)
  }
  if (doing.end === 'drop') response.destroy()
  else response.end(streamEnd('stop'))
}

function* endless(piece: string): Generator<string> {
  for (;;) yield piece
}

async function flood(response: ServerResponse, doing: Extract<Act, { kind: 'flood' }>) {
  response.writeHead(doing.status, { 'content-type': doing.contentType })
  // It ends with an error: that the caller left.
  await pipeline(Readable.from(endless(doing.piece)), response).catch(() => {})
}

async function actAsStream(response: ServerResponse, doing: Act) {
  if (doing.kind === 'flood') return flood(response, doing)
  if (doing.kind === 'status' || doing.kind === 'raw' || doing.kind === 'silence') {
    actPlainly(response, doing)
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (doing.kind === 'answer') {
    if (doing.thoughts !== undefined) response.write(chunk({ reasoning_content: doing.thoughts }))
    for (let at = 0; at < doing.text.length; at += 4000) {
      response.write(chunk({ content: doing.text.slice(at, at + 4000) }))
    }
    response.end(streamEnd(doing.finish ?? 'stop'))
  } else if (doing.kind === 'refusal') {
    response.end(`${chunk({ refusal: doing.text })}${streamEnd('stop')}`)
  } else if (doing.kind === 'tool-calls') {
    response.end(`${chunk(callOfTool)}${streamEnd('tool_calls')}`)
  } else {
    await sendPieces(response, doing)
  }
}

const isProbe = (body: Record<string, unknown>) => body.stream !== true

/** An OpenAI-compatible server whose every completion is scripted; what it was asked is in `seen`. */
export async function startOpenAiServer(options: OpenAiServerOptions): Promise<OpenAiServer> {
  const { model = 'scripted', tokenize = 'vllm', maxModelLength = 8192, refusedFields = [] } = options
  const seen: SeenCompletion[] = []
  let closedEarly = 0

  const complete = async (body: Record<string, unknown>, response: ServerResponse) => {
    if (refusedFields.some((field) => field in body)) {
      sendJson(response, 400, { error: { message: 'unknown field', type: 'BadRequestError', code: 400 } })
      return
    }
    if (isProbe(body)) {
      actPlainly(response, { kind: 'answer', text: '{"ok":true}' })
      return
    }
    const completion = body as unknown as SeenCompletion
    seen.push(completion)
    response.on('close', () => {
      if (!response.writableFinished) closedEarly += 1
    })
    await actAsStream(response, options.script(completion))
  }

  const count = (body: Record<string, unknown>, response: ServerResponse) => {
    if (tokenize === 'vllm' && Array.isArray(body.messages)) {
      const messages = body.messages as { content: string }[]
      const tokens = messages.reduce((sum, message) => sum + 4 + countWords(message.content), 0)
      sendJson(response, 200, { count: tokens, max_model_len: maxModelLength, tokens: [] })
    } else if (tokenize === 'llama-server' && typeof body.content === 'string') {
      sendJson(response, 200, {
        tokens: Array.from({ length: countWords(body.content) }, (_, index) => index),
      })
    } else {
      sendJson(response, 404, { error: { message: 'Not Found', type: 'NotFoundError', code: 404 } })
    }
  }

  const route = async (request: IncomingMessage, response: ServerResponse) => {
    if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
      sendJson(response, 401, { error: 'Unauthorized' })
      return
    }
    const body = await bodyOf(request)
    switch (`${request.method} ${request.url}`) {
      case 'GET /v1/models':
        sendJson(response, 200, {
          object: 'list',
          data: [
            tokenize === 'llama-server'
              ? { id: model, max_model_len: maxModelLength }
              : { id: model, root: `/models/${model}`, max_model_len: maxModelLength },
          ],
        })
        return
      case 'POST /v1/chat/completions':
        await complete(body, response)
        return
      case 'POST /tokenize':
        count(body, response)
        return
      case 'POST /apply-template':
        if (tokenize !== 'llama-server') break
        sendJson(response, 200, {
          prompt: (body.messages as { content: string }[]).map((one) => one.content).join('\n'),
        })
        return
      case 'GET /props':
        if (tokenize !== 'llama-server') break
        sendJson(response, 200, {
          default_generation_settings: { n_ctx: 4096 },
          total_slots: 2,
          model_path: options.modelPath,
        })
        return
    }
    sendJson(response, 404, { error: { message: 'Not Found', type: 'NotFoundError', code: 404 } })
  }

  const server = createServer((request, response) => {
    route(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    closedEarly: () => closedEarly,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
