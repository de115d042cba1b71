import { z } from 'zod'
import { parseJson } from '../../engine/parse-json.ts'

/** A line of a trainer that is longer is no event. */
const longestLine = 64 * 1024

const trainerStages = ['collect', 'train', 'evaluate', 'publish'] as const
const trainerFailures = ['bad-config', 'bad-samples', 'no-base-model', 'out-of-memory', 'internal'] as const
export type TrainerFailure = (typeof trainerFailures)[number]

const count = z.int().min(0).max(1_000_000_000)

/** What a trainer says on its standard output, one object of JSON a line; what it says beside is for people. */
const TrainerEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('progress'),
    stage: z.enum(trainerStages),
    step: count,
    steps: count,
    seconds_left: z.number().min(0).max(1e9).nullable().default(null),
  }),
  z.object({ event: z.literal('done'), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ event: z.literal('failed'), code: z.enum(trainerFailures).catch('internal') }),
])
export type TrainerEvent = z.infer<typeof TrainerEvent>

/** The events of a trainer's output; lines that are none are passed over, however long they are. */
export async function* readTrainerEvents(output: AsyncIterable<Uint8Array>): AsyncGenerator<TrainerEvent> {
  const decoder = new TextDecoder()
  let line = ''
  for await (const bytes of output) {
    const pieces = decoder.decode(bytes, { stream: true }).split('\n')
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) {
        const event = eventOf(line)
        line = ''
        if (event !== null) yield event
      }
      // One character more than allowed marks the line as too long without keeping the rest of it.
      line = (line + piece).slice(0, longestLine + 1)
    }
  }
  const last = eventOf(line)
  if (last !== null) yield last
}

function eventOf(line: string): TrainerEvent | null {
  if (line.length > longestLine || !line.startsWith('{')) return null
  return TrainerEvent.safeParse(parseJson(line)).data ?? null
}
