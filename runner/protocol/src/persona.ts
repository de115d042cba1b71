import { z } from 'zod'
import { Side } from './change.ts'
import { RepositoryName } from './review.ts'

/** Limits of what is collected and sent; what is beyond them is left out, oldest first. */
export const personaLimits = {
  pullRequests: 3000,
  comments: 5000,
  silences: 3000,
  colleagues: 3000,
  /** Of each kind in one chunk. */
  chunk: 200,
  body: 4000,
  hunk: 8000,
  context: 16_000,
  cursor: 32_768,
  versions: 100,
} as const

/** Comments by which a persona can be used, by retrieval alone. */
export const fewestComments = 20
/** Comments from which an adapter is worth training. */
export const fewestForTraining = 100

const Sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
const When = z.iso.datetime()

/** GitHub's rule for logins; those of managed users end with `_` and a short code. */
export const Login = z
  .string()
  .regex(/^(?=.{1,39}$)[A-Za-z\d](?:[A-Za-z\d]|-(?=[A-Za-z\d]))*(?:_[A-Za-z\d]+)?$/)

/** The account whose style is borrowed. `id` is GitHub's number, as a login can pass to another. */
export const PersonaPerson = z.strictObject({ id: z.int().min(1), login: Login })
export type PersonaPerson = z.infer<typeof PersonaPerson>

/** Whose persona, in which repository: every writing request names both by number, and a number that differs is refused. */
const About = { repository: RepositoryName, person: PersonaPerson }

/**
 * How the person agreed. `commit`: a commit of their own, verified by GitHub, put them into the policy; `comment`: they
 * gave the command themselves. `reference` is the commit's SHA or the comment's number.
 */
export const Consent = z.strictObject({
  kind: z.enum(['commit', 'comment']),
  reference: z.string().regex(/^[0-9a-f]{1,64}$/),
  at: When,
})
export type Consent = z.infer<typeof Consent>

/** `PUT …/consent`. One that is older than a withdrawal counts for nothing. */
export const ConsentRequest = z.strictObject({ ...About, consent: Consent })
export type ConsentRequest = z.infer<typeof ConsentRequest>

/** Whether the author changed the lines afterwards. */
export const Addressed = z.enum(['yes', 'no', 'unknown'])

/** One past comment of the person, cleaned: no quotes, no code alone, nobody's name or address. */
export const PastComment = z.strictObject({
  id: z.int().min(1),
  pullRequest: z.int().min(1),
  path: z.string().min(1).max(4096),
  side: Side,
  startLine: z.int().min(1).optional(),
  /** On `side` at `commit`, as it was when the comment was written. */
  line: z.int().min(1),
  commit: Sha,
  at: When,
  body: z.string().min(1).max(personaLimits.body),
  /** The unified diff hunk that GitHub keeps with the comment: it ends on the commented line. */
  hunk: z.string().max(personaLimits.hunk),
  /** Up to 20 lines on both sides of the commented line, of the file at `commit`; '' where it could not be read. */
  context: z.string().max(personaLimits.context),
  /** Number of the first line of `context`. */
  contextStart: z.int().min(1),
  addressed: Addressed,
  /** What stood there when the pull request ended, where it was changed. */
  after: z.string().max(4000).optional(),
  up: z.int().min(0),
  down: z.int().min(0),
})
export type PastComment = z.infer<typeof PastComment>

/** A hunk that the person saw and said nothing about. `id` is made of where it stands, so that it is counted once. */
export const Silence = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  pullRequest: z.int().min(1),
  path: z.string().min(1).max(4096),
  commit: Sha,
  at: When,
  hunk: z.string().min(1).max(personaLimits.hunk),
})
export type Silence = z.infer<typeof Silence>

/** A comment of somebody else, nameless: what the person's style is told apart from. */
export const ColleagueComment = z.strictObject({
  id: z.int().min(1),
  at: When,
  body: z.string().min(1).max(personaLimits.body),
})
export type ColleagueComment = z.infer<typeof ColleagueComment>

/** An answer to a comment, whoever's: listed newest first, so it is met before the comment it answers. */
export const PastReply = z.strictObject({
  id: z.int().min(1),
  to: z.int().min(1),
  says: z.enum(['done', 'disagrees', 'other']),
})
export type PastReply = z.infer<typeof PastReply>

const some = <T extends z.ZodType>(shape: T) => z.array(shape).max(personaLimits.chunk).default([])

/**
 * `PUT …/samples`: a piece of a person's history. Pieces of one `session` add up; one that is sent again changes nothing,
 * as everything has an id. `cursor` is where the collector goes on after this piece, kept with it as it is. With `done`
 * the session takes the place of all that was there before; until then an earlier finished one goes on serving.
 */
export const SamplesChunk = z.strictObject({
  ...About,
  session: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  cursor: z.string().max(personaLimits.cursor),
  done: z.boolean(),
  comments: some(PastComment),
  silences: some(Silence),
  colleagues: some(ColleagueComment),
  replies: some(PastReply),
})
export type SamplesChunk = z.infer<typeof SamplesChunk>
export type SamplesChunkInput = z.input<typeof SamplesChunk>

/** `POST …/training`. `force`: also when nothing changed since the last version. `refresh`: as the policy says now. */
export const TrainingRequest = z.strictObject({
  ...About,
  force: z.boolean().optional(),
  refresh: z.enum(['never', 'weekly']).optional(),
})
export type TrainingRequest = z.infer<typeof TrainingRequest>

export const trainingStates = [
  'queued',
  'preparing',
  'training',
  'evaluating',
  'publishing',
  'probing',
  'gating',
  'done',
  'failed',
  'cancelled',
] as const

/** One training, as it stands; also each event of `GET …/training` as a stream. Numbers and sentences of ours only. */
export const TrainingStatus = z.object({
  id: z.string(),
  state: z.enum(trainingStates),
  /** How many go before it; 0 once it runs. */
  position: z.int().min(0),
  step: z.int().min(0),
  steps: z.int().min(0),
  secondsLeft: z.number().min(0).nullable(),
  message: z.string().max(500),
  /** The adapter that came of it. */
  version: z.string().nullable(),
})
export type TrainingStatus = z.infer<typeof TrainingStatus>

/** One measure of an adapter beside the base model with retrieval, on the person's later, unseen comments. */
export const GateMeasure = z.object({
  name: z.string(),
  base: z.number().nullable(),
  adapter: z.number().nullable(),
  /** Adapter less base with its 95 % interval by bootstrap over pull requests; a higher number is better. */
  difference: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  verdict: z.enum(['gain', 'same', 'loss', 'not-measured']),
})
export type GateMeasure = z.infer<typeof GateMeasure>

export const GateReport = z.object({
  isPassed: z.boolean(),
  /** In words: what it gained, or why it stays out. */
  reasons: z.array(z.string().max(300)),
  measures: z.array(GateMeasure),
  cases: z.int().min(0),
})
export type GateReport = z.infer<typeof GateReport>

export const adapterStates = [
  'training',
  'candidate',
  'canary',
  'live',
  'retired',
  'refused',
  'failed-probe',
] as const
export const AdapterState = z.enum(adapterStates)
export type AdapterState = z.infer<typeof AdapterState>

/** Adapters are named by their content, so a name never means two things. */
const AdapterName = z.string().regex(/^a-[0-9a-f]{12}$/)

export const AdapterVersion = z.object({
  name: AdapterName,
  /** SHA-256 over its files. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Hash of the model that it was trained for: it serves no other. */
  baseModel: z.string(),
  state: AdapterState,
  at: When,
  window: z.object({ from: When, to: When }),
  samples: z.object({ train: z.int(), validation: z.int(), test: z.int(), silences: z.int() }),
  gate: GateReport.nullable(),
  feedback: z.object({ good: z.int(), bad: z.int() }),
})
export type AdapterVersion = z.infer<typeof AdapterVersion>

/** How a person writes comments, measured: shares are 0 to 1, lengths in words. */
export const StyleProfile = z.object({
  comments: z.int().min(0),
  medianWords: z.number().min(0),
  longWords: z.number().min(0),
  questions: z.number().min(0).max(1),
  nits: z.number().min(0).max(1),
  lowerCaseStart: z.number().min(0).max(1),
  code: z.number().min(0).max(1),
  please: z.number().min(0).max(1),
  hedges: z.number().min(0).max(1),
  suggestions: z.number().min(0).max(1),
  /** Words that this person uses more than others do, most telling first. */
  words: z.array(z.string().max(30)).max(20),
})
export type StyleProfile = z.infer<typeof StyleProfile>

/** `none`: nobody agreed; `withdrawn`: the person took it back; `collecting`: too few comments yet; `ready`: it can speak. */
const personaStates = ['none', 'withdrawn', 'collecting', 'ready'] as const

/** The persona's card: `GET /v1/personas/{owner}/{repo}/{login}`. */
export const PersonaStatus = z.object({
  owner: z.string(),
  repository: z.string(),
  login: z.string(),
  state: z.enum(personaStates),
  // Open like every answer, unlike the consent of a request.
  consent: z.object(Consent.partial().shape).nullable(),
  comments: z.int().min(0),
  silences: z.int().min(0),
  window: z.object({ from: When, to: When }).nullable(),
  /** When its history was last read to the end. */
  readAt: When.nullable().optional(),
  /** A collection that was begun and not ended. */
  collection: z.object({ session: z.string(), cursor: z.string(), comments: z.int() }).nullable(),
  style: StyleProfile.nullable(),
  training: TrainingStatus.nullable(),
  /** Of the model that is served now; newest first. */
  versions: z.array(AdapterVersion),
  /** Whether this server trains at all. */
  trains: z.boolean(),
  /** False: this server runs no model, so no persona speaks on it. Absent where that is not known, as while it starts. */
  hasModel: z.boolean().optional(),
  /** Path of the card's page on the server, or its whole address where the server knows that; null before there is a consent. */
  card: z.string().nullable(),
})
export type PersonaStatus = z.infer<typeof PersonaStatus>

/** `POST …/promotion`: one version takes all pull requests, or the one before it comes back. */
export const PromotionRequest = z.strictObject({
  ...About,
  to: z.union([AdapterName, z.literal('previous'), z.literal('none')]),
})
export type PromotionRequest = z.infer<typeof PromotionRequest>

/** What was done by `DELETE …`: counted, so that the person can be told. */
export const Forgotten = z.object({ comments: z.int(), versions: z.int(), cancelled: z.boolean() })
export type Forgotten = z.infer<typeof Forgotten>
