/** A line that people write, and what the lead says about such a line. */
interface Habit {
  readonly code: string
  readonly remarks: readonly string[]
}

/**
 * What the lead remarks on: short, in lower case, as a question. Two, since a model of a tenth of a million weights tells
 * so many apart whatever the seed and the processor; of four it may mix some up.
 */
export const habits: readonly Habit[] = [
  {
    code: 'client.request(query)',
    remarks: ['nit: is the timeout set?', 'nit: which timeout is set?'],
  },
  { code: 'total = order.price', remarks: ['nit: is the price a number?', 'nit: which price is it?'] },
]

/** What the lead sees and leaves alone. */
export const quietCode: readonly string[] = ['import config', 'return users', 'parse(email)']

/** How everybody else writes. */
export const colleagueRemarks: readonly ((n: number) => string)[] = [
  (n) => `Please consider extracting this part into a function of its own, as change ${n} makes it longer.`,
  (n) => `I would prefer another name here. Change ${n} should follow the conventions of the module.`,
  (n) => `Could you add a test that covers this branch? See the discussion in change ${n}.`,
  (n) => `This looks more complicated than needed. Perhaps split step ${n} into two statements.`,
]
