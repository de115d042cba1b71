import { visibleText } from './visible-text.ts'

// GitHub looks for mentions, references and addresses in the text after Markdown is resolved, where an escaped `@` is
// an `@` again. Only a character between the sign and the name keeps it from being one. No visible text holds it.
const gap = '\u200B'

/** Punctuation that Markdown, GitHub or a bot reading the raw text could take for more than text. */
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '#': '&#35;',
  $: '&#36;',
  '@': '&#64;',
  '+': '&#43;',
  [gap]: '&#8203;',
}

const live: readonly (readonly [RegExp, string])[] = [
  [/@/g, `@${gap}`],
  [/#(?=\d)/g, `#${gap}`],
  [/:\/\//g, `:${gap}//`],
  [/(www)(?=\.)/gi, `$1${gap}`],
  [/(mailto|xmpp):/gi, `$1:${gap}`],
  [/(GH-)(?=\d)/gi, `$1${gap}`],
  [/\b(b)(?=ors\b)/gi, `$1${gap}`],
  // Emoji by name, such as :tada:.
  [/:(?=[\w+-]{1,50}:)/g, `:${gap}`],
]

/** Long enough to be the name of a commit, and not a word. */
const commit = /(?<![A-Za-z0-9])(?=[a-f]{0,39}\d)[0-9a-f]{7,40}(?![A-Za-z0-9])/gi

/** Code spans whose content is harmless wherever it is read: no address, no name, no reference. */
const codeSpan = /(?<!`)`([^`\n]{1,200})`(?!`)/g
const liveInRawText = /<!|:\/\/|www\.|@|#\d|\bGH-\d|\bbors\b|^\s|\s$|\b[\w-]+\.[a-z]{2,}\//i

function escapeProse(text: string): string {
  return live
    .reduce((rest, [pattern, broken]) => rest.replace(pattern, broken), text)
    .replace(commit, (hash) => hash.replace(/.{6}(?=.)/g, `$&${gap}`))
    .replace(/[\\`*_[\]|~!^{}]/g, '\\$&')
    .replace(/[&<>#$@+\u200B]/g, (sign) => escapes[sign] ?? sign)
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '&#46;')
}

/** A line must not begin with anything that makes a block, a slash command or a trailer. */
function escapeLineStart(line: string): string {
  return line
    .replace(/^\s+/, '')
    .replace(/^[-=]/, (sign) => `\\${sign}`)
    .replace(/^\//, '&#47;')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^([A-Za-z][A-Za-z-]* ?[A-Za-z-]*):/, '$1&#58;')
}

function renderLine(line: string): string {
  let rendered = ''
  let end = 0
  for (const match of line.matchAll(codeSpan)) {
    const [whole, content = ''] = match
    if (liveInRawText.test(content)) continue
    rendered += escapeProse(line.slice(end, match.index)) + whole
    end = match.index + whole.length
  }
  return escapeLineStart(rendered + escapeProse(line.slice(end)))
}

/**
 * Untrusted text as Markdown that shows exactly this text and does nothing: no HTML, image, link, mention, reference,
 * closing keyword, command, heading, list or table. Short code spans stay code; line breaks and paragraphs stay.
 */
export function inertMarkdown(text: string): string {
  return visibleText(text)
    .replaceAll('\t', ' ')
    .split('\n')
    .map((line) => renderLine(line.trimEnd()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The same on one line, for titles and list entries. */
export function inertLine(text: string): string {
  return inertMarkdown(text.replace(/\s+/g, ' '))
}
