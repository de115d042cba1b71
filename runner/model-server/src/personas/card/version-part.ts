import type { AdapterState, AdapterVersion, GateMeasure, GateReport } from '@ai-review/protocol/persona'
import { type Html, html } from './html.ts'

const stateWords: Readonly<Record<AdapterState, string>> = {
  training: 'being trained',
  candidate: 'waits for its tests',
  canary: 'on trial: one pull request in ten',
  live: 'live',
  retired: 'retired',
  refused: 'stays out',
  'failed-probe': 'stays out: it did not pass its probe',
}
const verdictWords: Readonly<Record<GateMeasure['verdict'], string>> = {
  gain: 'gain',
  same: 'no difference',
  loss: 'loss',
  'not-measured': 'not measured',
}

/** One trained version: what it learned from, how it did, and what people made of it. */
export function versionPart({ name, state, at, window, samples, gate, feedback }: AdapterVersion): Html {
  const judged = feedback.good + feedback.bad
  return html`<article>
<div class="version"><h3>${name}</h3><span class="state ${state}">${stateWords[state]}</span></div>
<p>Trained on ${dayOf(at)} with ${samples.train} samples from ${dayOf(window.from)} to ${dayOf(window.to)}, and
measured on ${samples.test} later ones that it had not seen. ${samples.silences} of all were silences.</p>
<p>${
    judged === 0
      ? 'Nobody has judged its findings yet.'
      : `People have judged ${judged} of its findings: ${feedback.good} fixed or liked, ${feedback.bad} declined or disliked.`
  }</p>
${gate === null ? html`<p class="soft">It has not been through the gate yet.</p>` : gatePart(gate)}
</article>`
}

function gatePart({ isPassed, reasons, measures, cases }: GateReport): Html {
  const verdict = isPassed ? 'passed' : 'did not pass'
  return html`<p>It ${verdict} the gate, on ${cases} held-out places, beside the base model with past comments.</p>
${reasons.length === 0 ? '' : html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
<div class="wide"><table>
<thead><tr><th>Measure</th><th>Base</th><th>Adapter</th><th>Difference, 95 %</th><th></th></tr></thead>
<tbody>${measures.map(measureRow)}</tbody>
</table></div>`
}

function measureRow({ name, base, adapter, difference, low, high, verdict }: GateMeasure): Html {
  const interval = difference === null ? '–' : `${figure(difference)} (${figure(low)} to ${figure(high)})`
  return html`<tr><td>${name}</td><td>${figure(base)}</td><td>${figure(adapter)}</td><td>${interval}</td>
<td class="${verdict}">${verdictWords[verdict]}</td></tr>`
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(2).replace('-', '−')
}

/** A day of the calendar in UTC, as `2026-03-31`. */
export function dayOf(when: string): string {
  return when.slice(0, 10)
}
