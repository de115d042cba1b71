import type { FastifyInstance } from 'fastify'

interface Address {
  readonly host: string
  readonly port: number
}

/** Opens the server to its clients and returns its URL. Throws an Error that says whether HOST or PORT has to change. */
export async function listen(http: FastifyInstance, address: Address): Promise<string> {
  try {
    return await http.listen(address)
  } catch (cause) {
    throw new Error(reasonOf((cause as NodeJS.ErrnoException).code, address), { cause })
  }
}

function reasonOf(code: string | undefined, { host, port }: Address): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} of ${host} is taken: stop the program that listens there, or set another PORT.`
    case 'EACCES':
      return `PORT ${port} is not for this user to listen on: set PORT to 1024 or above.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST ${host} is no address of this machine: set one of its own, or 0.0.0.0 for all of them.`
    default:
      return `The server cannot listen on PORT ${port} of HOST ${host} (${code ?? 'unknown'}): set others.`
  }
}
