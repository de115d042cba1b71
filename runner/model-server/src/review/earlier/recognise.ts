import type { FileToReview, Hunk } from '@ai-review/protocol/change'
import type { EarlierFinding, EarlierState } from '@ai-review/protocol/review'
import type { Ledger, Mark } from '@ai-review/protocol/seal'
import { identityOf } from '../identity.ts'
import { type Found, findPlaces, findSingleLines } from './find-places.ts'
import type { StandingFinding } from './ledger-memory.ts'
import { type Homeless, type Moved, moveFindings } from './moved-findings.ts'
import { type FlaggedText, type SaidBefore, saidBefore } from './said-before.ts'
import { fixedName, hunksReadBefore, nothingReadBefore, type ReadBefore } from './settled-hunks.ts'
import { textRuns } from './text-runs.ts'
import { unseenFindings } from './unseen-findings.ts'

/** What a server knows of a change from what it said of the pull request before. */
export interface Recognised {
  readonly earlier: readonly EarlierFinding[]
  /** Hunks that the model does not read again. */
  readonly settled: ReadonlySet<Hunk>
  readonly moved: Moved
  /** Findings said before that are not gone, by their identity. */
  readonly standing: ReadonlyMap<string, StandingFinding>
  /** Names in the newest believed ledger: a run that reads for nobody but itself hands them on. */
  readonly ledger: readonly string[]
}

export interface Remembered {
  readonly files: readonly FileToReview[]
  /** Paths of the change that are not under review. */
  readonly unseenPaths?: readonly string[]
  /** Marks and ledgers that bear this server's seal for this pull request. */
  readonly marks: readonly Mark[]
  readonly ledgers: readonly Ledger[]
  /** Read everything again, whatever was read before. */
  readonly full: boolean
  /** Whether a model takes part: without one no hunk is read again. */
  readonly hasModel: boolean
  /** A person's style alone reads: all of the change, and its silence fixes nothing. */
  readonly isVoiceAlone?: boolean
}

/** Hunks that a finding stands in; null where it was not looked for. */
type Standing = ReadonlyMap<string, ReadonlySet<Hunk> | null>

function wantedTexts(texts: readonly FlaggedText[]): ReadonlyMap<number, ReadonlySet<string>> {
  const wanted = new Map<number, Set<string>>()
  for (const { flagged, lines } of texts) {
    for (const count of lines) wanted.set(count, (wanted.get(count) ?? new Set()).add(flagged))
  }
  return wanted
}

/** Identities of all findings that could be raised where flagged texts stand, with the hunks of each. */
function standingTexts(
  texts: readonly FlaggedText[],
  found: ReadonlyMap<string, Found>,
): Map<string, ReadonlySet<Hunk>> {
  const unique = new Map(texts.map((one) => [JSON.stringify([one.category, one.flagged]), one]))
  const standing = new Map<string, ReadonlySet<Hunk>>()
  for (const { category, flagged } of unique.values()) {
    const one = found.get(flagged)
    for (const { path, hunks } of one?.places ?? []) {
      standing.set(identityOf({ path, category, text: one?.text ?? '' }), hunks)
    }
  }
  return standing
}

function homelessOf(
  said: readonly SaidBefore[],
  standing: Standing,
  found: ReadonlyMap<string, Found>,
): Homeless[] {
  return said.flatMap((one) => {
    const text = one.flaggedText === null ? undefined : found.get(one.flaggedText.flagged)
    if (one.flaggedText === null || text === undefined || standing.has(one.identity)) return []
    return [{ said: one, category: one.flaggedText.category, found: text }]
  })
}

/** Every finding said before that stands in the change or may, and what moved. */
function locate(
  { files, unseenPaths = [] }: Pick<Remembered, 'files' | 'unseenPaths'>,
  said: readonly SaidBefore[],
): { readonly standing: Standing; readonly moved: Moved } {
  if (said.length === 0) return { standing: new Map(), moved: new Map() }
  const runs = textRuns(files)
  const texts = said.map(({ flaggedText }) => flaggedText).filter((one) => one !== null)
  const { found, unsearched } = findPlaces(runs, wantedTexts(texts))
  const bare = new Set(said.filter((one) => one.flaggedText === null).map(({ identity }) => identity))
  const standing = new Map<string, ReadonlySet<Hunk> | null>([
    ...standingTexts(texts, found),
    ...findSingleLines(runs, bare),
  ])
  const identities = new Set(said.map(({ identity }) => identity))
  const homeless = homelessOf(said, standing, found)
  const unseen = unseenFindings(homeless, unseenPaths)
  for (const identity of unseen) standing.set(identity, null)
  const free = homeless.filter((one) => !unseen.has(one.said.identity))
  const { moved, placeOf } = moveFindings(free, (one) => identities.has(one))
  for (const [identity, { hunks }] of placeOf) standing.set(identity, hunks)
  for (const { identity, flaggedText } of said) {
    const isUnsearched = flaggedText?.lines.some((count) => unsearched.has(count)) ?? true
    if (isUnsearched && !standing.has(identity)) standing.set(identity, null)
  }
  return { standing, moved }
}

/** How a text stands that changed no more than the hunk of these that changed least. */
function stateIn(hunks: ReadonlySet<Hunk>, { settled, changed }: ReadBefore): EarlierState {
  if ([...hunks].some((hunk) => settled.has(hunk))) return 'settled'
  return [...hunks].every((hunk) => changed.has(hunk)) ? 'changed' : 'reread'
}

/**
 * What became of the findings that believed marks tell of, which hunks believed ledgers settle, and which findings have
 * moved. Of a text that stands in several hunks, the one that changed least counts: nobody can say that it was fixed. What
 * was not looked for is settled. What the newest ledger holds to be fixed changed before, and counts as changed until it is
 * found again. What was said in a person's style only is settled as long as its text stands.
 */
export function recognise(remembered: Remembered): Recognised {
  const { files, marks, ledgers, full, hasModel, isVoiceAlone = false } = remembered
  const before = full || isVoiceAlone ? nothingReadBefore : hunksReadBefore(files, ledgers)
  const said = saidBefore(marks)
  const { standing, moved } = locate(remembered, said)
  const ledger = ledgers.at(-1)?.hunks ?? []
  const named = new Set(ledger)
  const wasFixed = (identity: string) => named.has(fixedName(identity))
  const stateOf = ({ identity, isVoiced }: SaidBefore): EarlierState => {
    const hunks = standing.get(identity)
    if (hunks === undefined) return 'gone'
    if (isVoiceAlone) return wasFixed(identity) ? 'gone' : 'settled'
    if (wasFixed(identity)) return 'changed'
    if (hunks === null || !hasModel || isVoiced) return 'settled'
    return stateIn(hunks, before)
  }
  const earlier = said.map((one) => ({
    identity: one.identity,
    state: stateOf(one),
    ...(one.severity === undefined ? {} : { severity: one.severity }),
    ...(one.flaggedText === null ? {} : { category: one.flaggedText.category }),
    declined: one.declined,
  }))
  const stillStanding = earlier.flatMap(({ identity, state }) => {
    const hunks = standing.get(identity)
    if (hunks === undefined) return []
    return [[identity, { hunks, state, wasFixed: wasFixed(identity) }] as const]
  })
  return { earlier, settled: before.settled, moved, standing: new Map(stillStanding), ledger }
}
