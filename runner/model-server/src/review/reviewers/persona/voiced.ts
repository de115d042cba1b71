import type { Evidence } from '@ai-review/protocol/finding'
import type { Neighbour, Voice } from '../../../personas/voice.ts'
import { placeOf } from '../../diff-lines.ts'
import type { Piece } from '../../plan/piece.ts'
import type { Candidate } from '../../reviewer.ts'
import { codeBefore, signedText } from './near-pieces.ts'
import { speaksOutOfTurn } from './speaks-out-of-turn.ts'

/** Past comments that one remark may rest on. */
const evidenceMax = 3

interface Speaking {
  readonly voice: Voice
  readonly piece: Piece
  readonly at: { readonly repositoryId: number; readonly pullRequest: number }
}

const evidenceOf = ({ comment }: Neighbour): Evidence => ({
  kind: 'past-comment',
  reference: `${comment.pullRequest}#${comment.id}`,
})

async function voicedOne(candidate: Candidate, { voice, piece, at }: Speaking): Promise<Candidate | null> {
  const { memory, login, name } = voice
  if (speaksOutOfTurn(candidate.body, [login, name])) return null
  if (memory.isCopied(candidate.body)) return null
  const index = piece.lines.findIndex((line) => {
    const place = placeOf(line)
    return place.side === candidate.side && place.line === candidate.line
  })
  const code = codeBefore(piece.lines, index)
  const place = {
    ...at,
    path: candidate.path,
    code,
    hunk: signedText(piece.hunk),
    remark: candidate.body,
  }
  const near = await memory.near(place, evidenceMax)
  if (near.length === 0) return null
  return { ...candidate, voice: login, evidence: near.map(evidenceOf) }
}

/** Remarks that a person could have made: each with past comments near to it, in no words of theirs, and no approval. */
export async function voiced(candidates: readonly Candidate[], speaking: Speaking): Promise<Candidate[]> {
  const kept = await Promise.all(candidates.map((candidate) => voicedOne(candidate, speaking)))
  return kept.filter((candidate) => candidate !== null)
}
