import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A server of embeddings in OpenAI's form that refuses texts of more than `mostCharacters`. Its vectors count letters,
 * and come in any order.
 */
export async function startEmbedding(mostCharacters: number, apiKey?: string) {
  const sizes: number[] = []
  const server = createServer((request, response) => {
    void (async () => {
      let text = ''
      for await (const piece of request) text += piece
      const send = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (apiKey !== undefined && request.headers.authorization !== `Bearer ${apiKey}`) {
        return send(401, { error: 'Unauthorized' })
      }
      if (request.url !== '/v1/embeddings') return send(404, { detail: 'Not Found' })
      const { input } = JSON.parse(text) as { input: string[] }
      sizes.push(input.length)
      if (input.some((one) => one.length > mostCharacters)) {
        const message = `This model's maximum context length is ${mostCharacters} tokens.`
        return send(400, { error: { message, type: 'BadRequestError', param: null, code: 400 } })
      }
      const data = input.map((one, index) => ({ object: 'embedding', index, embedding: letterCounts(one) }))
      return send(200, { object: 'list', data: data.reverse() })
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    /** How many texts each call had. */
    sizes,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function letterCounts(text: string): number[] {
  const counts = Array.from({ length: 27 }, () => 0)
  counts[26] = 1
  for (const letter of text.toLowerCase()) {
    const index = letter.charCodeAt(0) - 97
    if (index >= 0 && index < 26) counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}
