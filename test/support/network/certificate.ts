import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Certificate {
  readonly cert: string
  readonly key: string
  /** File of the authority that signed it, in PEM. */
  readonly authorityFile: string
}

/** A certificate for `localhost`, signed by a fresh authority that nobody knows; made by openssl 3 in `directory`. */
export async function makeCertificate(directory: string): Promise<Certificate> {
  const [authority, authorityKey, cert, key] = ['ca.pem', 'ca.key', 'cert.pem', 'cert.key'].map((name) =>
    join(directory, name),
  ) as [string, string, string, string]
  const fresh = ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '2']
  await run('openssl', [
    ...fresh,
    '-keyout',
    authorityKey,
    '-out',
    authority,
    '-subj',
    '/CN=Private authority',
  ])
  const signed = ['-CA', authority, '-CAkey', authorityKey, '-subj', '/CN=localhost']
  const forHost = ['-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE']
  await run('openssl', [...fresh, ...signed, ...forHost, '-keyout', key, '-out', cert])
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8'), authorityFile: authority }
}
