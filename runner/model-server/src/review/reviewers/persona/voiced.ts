import type { Evidence } from '@ai-review/protocol/finding'
import type { Neighbour, PersonaMemory, Voice } from '../../../personas/voice.ts'
import { placeOf } from '../../diff-lines.ts'
import type { Piece } from '../../plan/piece.ts'
import type { Candidate } from '../../reviewer.ts'
import { type ChangePlace, codeBefore, signedText } from './near-pieces.ts'
import { speaksOutOfTurn } from './speaks-out-of-turn.ts'

/** Past comments that one remark may rest on. */
const evidenceMax = 3

interface Saying {
  readonly memory: PersonaMemory
  readonly piece: Piece
  readonly at: ChangePlace
}

interface Speaking extends Omit<Saying, 'memory'> {
  readonly voice: Voice
}

const evidenceOf = ({ comment }: Neighbour): Evidence => ({
  kind: 'past-comment',
  reference: `${comment.pullRequest}#${comment.id}`,
})

/** The past comments that a remark rests on, nearest first; without any nobody gets to see it. */
export async function basisOf(
  { path, side, line, body }: Pick<Candidate, 'path' | 'side' | 'line' | 'body'>,
  { memory, piece, at }: Saying,
): Promise<readonly Neighbour[]> {
  const index = piece.lines.findIndex((one) => {
    const place = placeOf(one)
    return place.side === side && place.line === line
  })
  const code = codeBefore(piece.lines, index)
  return memory.near({ ...at, path, code, hunk: signedText(piece.hunk), remark: body }, evidenceMax)
}

async function voicedOne(candidate: Candidate, { voice, piece, at }: Speaking): Promise<Candidate | null> {
  const { memory, login, name } = voice
  if (speaksOutOfTurn(candidate.body, [login, name])) return null
  if (await memory.isCopied(candidate.body)) return null
  const near = await basisOf(candidate, { memory, piece, at })
  if (near.length === 0) return null
  return { ...candidate, voice: login, evidence: near.map(evidenceOf) }
}

/** Remarks that a person could have made: each with past comments near to it, in no words of theirs, and no approval. */
export async function voiced(candidates: readonly Candidate[], speaking: Speaking): Promise<Candidate[]> {
  const kept = await Promise.all(candidates.map((candidate) => voicedOne(candidate, speaking)))
  return kept.filter((candidate) => candidate !== null)
}
