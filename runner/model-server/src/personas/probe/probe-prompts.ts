import type { Message } from '../../engine/engine.ts'

interface ProbePrompt {
  readonly messages: readonly Message[]
  /** A remark as somebody might make it: its likelihood is what is compared. */
  readonly remark: string
}

const system: Message = {
  role: 'system',
  content: 'You review a change. Answer with JSON: the line and a short remark on it.',
}

const pieces: readonly (readonly [code: string, remark: string])[] = [
  [
    'for (let i = 0; i <= items.length; i++) total += items[i].price',
    'This reads one past the end: use < here.',
  ],
  ['def load(path):\n    return open(path).read()', 'Please close the file, a with block would do.'],
  [
    'if err != nil {\n\tlog.Println(err)\n}\nreturn user, nil',
    'The error is logged and then lost. Return it.',
  ],
  ['const token = request.query.token', 'Why is the token taken from the query? It ends up in access logs.'],
  [
    'public List<Order> orders() { return this.orders; }',
    'Nit: hand out an unmodifiable view, callers change it.',
  ],
  ['SELECT * FROM users WHERE name = \'" + name + "\'', 'This must be a bound parameter.'],
  [
    'await Promise.all(ids.map((id) => remove(id)))',
    'What happens if one of them fails? The others still run.',
  ],
  [
    'let value = map.get(&key).unwrap();',
    'This panics for a missing key, could we return an Option instead?',
  ],
]

/** What every adapter is asked: fixed, so that two runs, two adapters and two servers can be compared. */
export const probePrompts: readonly ProbePrompt[] = pieces.map(([code, remark]) => ({
  messages: [system, { role: 'user', content: `L1\n${code}` }],
  remark: JSON.stringify({ line: 'L1', remark }),
}))
