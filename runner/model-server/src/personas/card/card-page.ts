import type { PersonaStatus, StyleProfile, TrainingStatus } from '@ai-review/protocol/persona'
import { fewestComments } from '@ai-review/protocol/persona'
import { cardStyles } from './card-styles.ts'
import { Html, html } from './html.ts'
import { dayOf, versionPart } from './version-part.ts'

/** A persona's card for people: numbers and sentences, no past comment, no script. */
export function cardPage(status: PersonaStatus): string {
  const { owner, repository, login, comments, silences, window, style, training, versions } = status
  const title = `In the style of ${login}`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${owner}/${repository}</title>
<style>${new Html(cardStyles)}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p class="soft">${owner}/${repository}</p>
</header>
<section>
<p>A language model writes these comments; ${login} does not. It speaks only where a past comment of ${login} is near,
links that comment as its evidence, keeps silent elsewhere, and never approves.</p>
<p>${stateSentence(status)} ${consentSentence(status)}</p>
</section>
<section>
<h2>What it goes by</h2>
<dl class="facts">
${fact('past comments', comments)}
${silences === 0 ? '' : fact('silences', silences)}
${window === null ? '' : [fact('oldest comment', dayOf(window.from)), fact('newest comment', dayOf(window.to))]}
</dl>
</section>
${style === null ? '' : stylePart(style)}
${versions.length === 0 && training === null ? '' : adaptersPart(versions, training)}
<footer>
<p>${login} takes the consent back by the comment <code>@tech-lead-bot --forget</code>: then comments, adapters, kept
answers and this page are gone.</p>
</footer>
</main>
</body>
</html>
`.text
}

function fact(name: string, value: string | number): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}

function stateSentence({ state, comments, versions }: PersonaStatus): string {
  if (state !== 'ready') {
    return `It cannot speak yet: ${comments} of the ${fewestComments} past comments that it needs are there.`
  }
  const live = versions.find((version) => version.state === 'live')
  return live === undefined
    ? 'It speaks by past comments alone, with the base model.'
    : `It speaks by past comments and the trained adapter ${live.name}.`
}

function consentSentence({ login, consent }: PersonaStatus): string {
  if (consent?.at === undefined) return ''
  const how = consent.kind === 'commit' ? 'by a verified commit to the policy' : 'by a comment to the bot'
  return `${login} agreed on ${dayOf(consent.at)}, ${how}.`
}

function stylePart(style: StyleProfile): Html {
  const shares: readonly (readonly [string, number])[] = [
    ['ask a question', style.questions],
    ['are nits', style.nits],
    ['hedge', style.hedges],
    ['say please', style.please],
    ['hold code', style.code],
    ['make a suggestion', style.suggestions],
    ['start in lower case', style.lowerCaseStart],
  ]
  return html`<section>
<h2>How the newest ${style.comments} comments are written</h2>
<p>Half of them have ${Math.round(style.medianWords)} words or fewer; one in ten has ${Math.round(style.longWords)} or more. Of
all,</p>
<dl class="shares">
${shares.map(
  ([name, share]) =>
    html`<dt>${name}</dt><dd><meter min="0" max="1" value="${share.toFixed(3)}"></meter></dd><dd>${percent(share)} ${between(share, style.comments)}</dd>`,
)}
</dl>
<p class="soft">In brackets, where the share lies with 95 % confidence. Nits, hedges, "please" and suggestions are known by
English words only.</p>
${
  style.words.length === 0
    ? ''
    : html`<p>Words used more than colleagues use them:</p>
<ul class="words">${style.words.map((word) => html`<li>${word}</li>`)}</ul>`
}
</section>`
}

function adaptersPart(versions: PersonaStatus['versions'], training: TrainingStatus | null): Html {
  return html`<section>
<h2>Adapters</h2>
${training === null ? '' : html`<p>${trainingSentence(training)}</p>`}
${versions.map(versionPart)}
</section>`
}

function trainingSentence({ state, position, message }: TrainingStatus): string {
  if (state === 'queued') return `A training waits; ${position} go before it.`
  if (state === 'done') return `The last training has ended. ${message}`
  if (state === 'failed') return `The last training failed. ${message}`
  if (state === 'cancelled') return 'The last training was cancelled.'
  return `A training is under way (${state}).`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** Wilson's interval of a share of `size`, at 95 %: of 20 comments a share tells little. */
function between(share: number, size: number): string {
  const z = 1.96
  const scale = 1 + z ** 2 / size
  const middle = (share + z ** 2 / (2 * size)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / size + z ** 2 / (4 * size ** 2))
  const bound = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 100)
  return `(${bound(middle - half)}–${bound(middle + half)})`
}
