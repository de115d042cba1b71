import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** A key of 32 bytes for one purpose; `salt` makes it one of many for the same purpose. */
export function deriveKey(secret: Uint8Array, purpose: string, salt: Uint8Array = new Uint8Array()): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `ai-review/${purpose}`, 32))
}

/** Encrypts with AES-256-GCM, bound to its `place`: moved to another one it does not open. */
export function sealText(key: Uint8Array, place: Uint8Array, text: string): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(place)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** The text, or undefined where key, place or value are not what they were. */
export function openText(key: Uint8Array, place: Uint8Array, value: Uint8Array): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, value.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(place).setAuthTag(value.subarray(ivBytes, ivBytes + tagBytes))
    const text = decipher.update(value.subarray(ivBytes + tagBytes))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
