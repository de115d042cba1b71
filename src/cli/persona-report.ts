import type { AdapterVersion, PersonaStatus, TrainingStatus } from '@ai-review/protocol/persona'

/** What the server keeps of a persona, for a terminal. */
export function personaReport(status: PersonaStatus): string {
  const { owner, repository, login, state, comments, silences, window, versions, training, card } = status
  const time = window === null ? '' : `, ${window.from.slice(0, 10)} to ${window.to.slice(0, 10)}`
  return [
    `${login} in ${owner}/${repository}: ${state}`,
    `  history   ${comments} comments, ${silences} silences${time}`,
    ...(training === null ? [] : [`  training  ${trainingLine(training)}`]),
    ...versions.map(versionLine),
    ...(card === null ? [] : [`  card      ${card} on the server`]),
  ].join('\n')
}

/** How a training stands, in a line. */
export function trainingLine({ state, position, step, steps, secondsLeft, message }: TrainingStatus): string {
  const place = position > 0 ? `, ${position} before it` : ''
  const done = steps > 0 && secondsLeft !== 0 ? `, step ${step} of ${steps}` : ''
  const left = secondsLeft !== null && secondsLeft > 0 ? `, ${Math.ceil(secondsLeft / 60)} min left` : ''
  return `${state}${place}${done}${left}${message === '' ? '' : `: ${message}`}`
}

function versionLine({ name, state, at, feedback, gate }: AdapterVersion): string {
  const reasons = gate === null || gate.isPassed ? '' : `\n            ${gate.reasons.join(' ')}`
  return `  ${name}  ${state}, ${at.slice(0, 10)}, people liked ${feedback.good} and disliked ${feedback.bad}${reasons}`
}
