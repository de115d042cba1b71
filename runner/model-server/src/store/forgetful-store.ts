import { noCache } from '../review/pipeline-contract.ts'
import type { Store } from './open-store.ts'

/** Remembers nothing, so nothing can fail: for a server that lives as long as one review. */
export const forgetfulStore: Store = {
  cache: noCache,
  personas: null,
  isAvailable: () => true,
  record: () => {},
  [Symbol.asyncDispose]: async () => {},
}
