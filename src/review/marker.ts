import { Mark } from '@ai-review/protocol/seal'

const name = 'ai-review'
const markPattern =
  /<!-- ai-review:(finding|summary) head=([0-9a-f]{40,64}) identity=([0-9a-f]{64}) seal=([0-9a-f]{64}) -->/g
const runPattern = /^[A-Za-z0-9._-]{1,100}$/

/** The hidden comment that carries a mark on one of our comments. */
export function formatMark({ kind, head, identity, seal }: Mark): string {
  return `<!-- ${name}:${kind} head=${head} identity=${identity} seal=${seal} -->`
}

/** Every mark in a body, in order; anything that is not exactly what `formatMark` writes is no mark. */
export function parseMarks(body: string): Mark[] {
  return [...body.matchAll(markPattern)].flatMap(([, kind, head, identity, seal]) => {
    const mark = Mark.safeParse({ kind, head, identity, seal })
    return mark.success ? [mark.data] : []
  })
}

/**
 * The hidden comment that stands in the review of one run and in no other. `run` is 1 to 100 of `[A-Za-z0-9._-]`;
 * another one is a mistake of the caller and throws.
 */
export function formatRunMark(run: string): string {
  if (!runPattern.test(run)) throw new TypeError('a run is named by 1 to 100 letters, digits, dots, dashes')
  return `<!-- ${name}:run ${run} -->`
}

/** Untrusted text for a place where Markdown shows it as it is: nothing in it reads as one of our marks. */
export function withoutMarks(text: string): string {
  return text.replaceAll(`<!-- ${name}`, `<!- - ${name}`)
}
