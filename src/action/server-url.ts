import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { ReviewError } from '../errors.ts'

/** Addresses where clouds answer with credentials of the machine; a model server never stands there. */
const metadata = new BlockList()
metadata.addSubnet('169.254.0.0', 16, 'ipv4')
metadata.addAddress('100.100.100.200', 'ipv4')
metadata.addSubnet('fe80::', 10, 'ipv6')
metadata.addAddress('fd00:ec2::254', 'ipv6')
const metadataNames = new Set(['metadata', 'metadata.google.internal', 'instance-data.ec2.internal'])

/** The address of the model server, without a slash at the end. Throws `bad-input`; the value is never quoted. */
export function parseServerUrl(text: string): string {
  if (text === '') {
    throw refused('is missing', 'Set it to the address of your model server, such as http://gpu-box:8787.')
  }
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw refused(
      'is not an http or https address',
      'Write it whole, with its protocol, such as http://gpu-box:8787.',
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw refused('holds a user name or a password', 'Take them out, and give the key by the input api-key.')
  }
  if (url.search !== '' || url.hash !== '') {
    throw refused('holds a query or a fragment', 'Give protocol, host, port and path alone.')
  }
  if (isMetadataHost(url.hostname)) {
    throw refused('points at a metadata service', 'Give the address of your model server.')
  }
  return url.href.replace(/\/+$/, '')
}

function isMetadataHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIPv4(host)) return metadata.check(host, 'ipv4')
  // A BlockList also finds an IPv4 subnet in the IPv6 form of an address (::ffff:169.254.1.1).
  return isIPv6(host) ? metadata.check(host, 'ipv6') : metadataNames.has(host)
}

function refused(what: string, hint: string): ReviewError {
  return new ReviewError('bad-input', `The input server-url ${what}.`, { hint })
}
