import type { Publisher } from '../roles.ts'

/** Posts nothing: what would be posted is in the outcome, for the terminal to show. */
export const silentPublisher: Publisher = {
  earlier: async () => ({ threads: [], marks: [], ledgers: [] }),
  currentHead: async ({ head }) => head.sha,
  startCheck: async () => ({
    url: '',
    takeTurn: async () => ({ alone: true }),
    complete: async () => {},
  }),
  postReview: async () => ({ url: '', refused: [] }),
  settleThread: async () => {},
}
