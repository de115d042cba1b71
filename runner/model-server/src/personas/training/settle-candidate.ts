import type { GateReport, TrainingStatus } from '@ai-review/protocol/persona'
import { type EngineAdapters, EngineError } from '../../engine/engine.ts'
import type { PersonaStore, StoredVersion } from '../persona-store.ts'
import type { Registry } from '../registry/registry.ts'
import { type HeldOut, heldOut, readLikelihoods } from './held-out.ts'
import { trainingSamples } from './training-samples.ts'

/** What an adapter must pass, with a model to ask. Both throw an EngineError where the model cannot be asked. */
export interface CandidateTests {
  /**
   * Whether it is loaded indeed, speaks steadily and, with what is held out, is the one that was measured. `reason` is a
   * sentence of ours.
   */
  probe(
    version: StoredVersion,
    held: HeldOut | null,
    signal: AbortSignal,
  ): Promise<{ readonly passed: boolean; readonly reason: string }>
  /** Whether it does better than the base model with retrieval on held-out comments. */
  gate(version: StoredVersion, held: HeldOut, running: Settling): Promise<GateReport>
}

export interface SettleParts {
  readonly store: PersonaStore
  readonly registry: Registry
  readonly adapters: EngineAdapters
  /** Of the model. */
  readonly contextTokens: number
  readonly tests: CandidateTests
}

export interface Settling {
  readonly signal: AbortSignal
  readonly tell: (status: Partial<TrainingStatus>) => void
}

/**
 * Decides what becomes of a candidate: live where nothing is, a canary beside what is live, else out. Answers with a
 * sentence for people. Where the model cannot be asked the EngineError is thrown and it stays a candidate.
 */
export async function settleCandidate(
  version: StoredVersion,
  parts: SettleParts,
  running: Settling,
): Promise<string> {
  const { signal, tell } = running
  const { store, registry, adapters, tests } = parts
  const { key, name } = version
  tell({ state: 'probing' })
  if (!(await registry.isWhole(version.hash))) {
    return refuse(version, parts, 'The files of the adapter are damaged or gone.')
  }
  const held = await heldOutOf(version, parts)
  const unusable = await load(version, parts)
  if (unusable !== null) return refuse(version, parts, unusable)
  const probe = await tests.probe(version, held, signal)
  if (!probe.passed) return refuse(version, parts, probe.reason)

  tell({ state: 'gating' })
  const gate = await tests.gate(version, held, running)
  const versions = await store.versions(key, version.baseModel)
  if (!isWaiting(versions, name)) return ''
  if (!gate.isPassed) {
    await adapters.unload(name)
    await store.saveVersion({ ...version, state: 'refused', gate })
    return 'The adapter stays out: its card says why. The persona goes on by retrieval, or with its earlier version.'
  }
  const hasLive = versions.some(({ state }) => state === 'live')
  await store.saveVersion({ ...version, state: 'candidate', gate })
  await store.setVersionState(key, name, hasLive ? 'canary' : 'live')
  return hasLive
    ? 'The adapter takes one pull request in ten until it has proved itself.'
    : 'The adapter is live.'
}

/** False for a candidate that was forgotten meanwhile, or decided on by another server. */
function isWaiting(versions: readonly StoredVersion[], name: string): boolean {
  return versions.find((each) => each.name === name)?.state === 'candidate'
}

async function heldOutOf(version: StoredVersion, parts: SettleParts): Promise<HeldOut> {
  const { store, registry, contextTokens } = parts
  const record = await store.find(version.key)
  const texts = await store.texts(version.key)
  const about = { repositoryId: record?.repositoryId ?? 0, contextTokens }
  const samples = await trainingSamples(texts, about)
  return heldOut(texts, samples, await readLikelihoods(registry.directoryOf(version.hash)))
}

/** What keeps the engine from using it; null where it is loaded. */
async function load(
  { hash, name }: StoredVersion,
  { registry, adapters }: SettleParts,
): Promise<string | null> {
  try {
    await adapters.load({ name, directory: registry.directoryOf(hash) })
    return null
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'rejected') throw error
    return 'The engine refuses the adapter: it was trained for another model, or its form is not supported.'
  }
}

async function refuse(
  version: StoredVersion,
  { store, adapters }: SettleParts,
  reason: string,
): Promise<string> {
  await adapters.unload(version.name)
  if (!isWaiting(await store.versions(version.key, version.baseModel), version.name)) return ''
  const gate: GateReport = { isPassed: false, reasons: [reason.slice(0, 300)], measures: [], cases: 0 }
  await store.saveVersion({ ...version, state: 'failed-probe', gate })
  return reason
}
