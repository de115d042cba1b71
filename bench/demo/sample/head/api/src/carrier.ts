import { Agent, request } from 'node:https'

const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })

export function announce(host: string, body: string): void {
  const call = request({ host, agent, method: 'POST', path: '/parcels', timeout: 5_000 })
  call.end(body)
}

export function parseReceipt(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {}
  return undefined
}
