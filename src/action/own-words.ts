import { Lexer, type Token } from 'marked'

/** Stands for anything in a line that is not the author's own plain words: code, a link, a tag. No word matches it. */
const foreign = '\uFFFC'

/** Longest text that is read; GitHub takes four times as much, and nobody gives a command behind that. */
const longestText = 16_384

const voidTags = new Set([
  'area',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'wbr',
])
const tagPattern = /<(\/?)([a-z][a-z0-9-]{0,40})(?=[\s/>])[^>]{0,2000}?(\/?)>/gi
const commentPattern = /^<!--[\s\S]*-->$/

/** Where a mail program puts the text that is answered, without the signs of a quote. */
const quotedMail = [
  /^\s*-{2,}\s*(?:original|forwarded) message\s*-{2,}\s*$/i,
  /^\s*_{10,}\s*$/,
  /^\s*On .{5,300} wrote:\s*$/i,
  /^\s*\*{0,2}(?:From|Sent):\*{0,2} .{1,300}$/i,
]

/**
 * The lines of a comment that its author wrote as plain words, in order. Quotes, code, lists, tables, headings with `#`,
 * HTML, and what a mail program quoted are left out; within a line, code, links and tags become a sign that no word
 * matches. Never throws: a text that no parser can read holds no own words.
 */
export function ownWords(text: string): string[] {
  let tokens: Token[]
  try {
    tokens = Lexer.lex(beforeQuotedMail(text.slice(0, longestText)), { gfm: true })
  } catch {
    // Thousands of nested quotes exhaust the parser's stack.
    return []
  }
  const tags = new OpenTags()
  return tokens.flatMap((token) => linesOf(token, tags))
}

function beforeQuotedMail(text: string): string {
  const lines = text.split(/\r\n?|\n/)
  const end = lines.findIndex((line) => quotedMail.some((pattern) => pattern.test(line)))
  return (end === -1 ? lines : lines.slice(0, end)).join('\n')
}

function linesOf(token: Token, tags: OpenTags): string[] {
  if (token.type === 'html') tags.read(token.raw)
  if (!isPlainBlock(token) || !('tokens' in token)) return []
  return (token.tokens ?? [])
    .map((inline) => plain(inline, tags))
    .join('')
    .split('\n')
}

/** A line above `---` is a heading to Markdown, though its author meant a signature or a rule. */
function isPlainBlock(token: Token): boolean {
  return token.type === 'paragraph' || (token.type === 'heading' && !/^ {0,3}#/.test(token.raw))
}

function plain(token: Token, tags: OpenTags): string {
  if (token.type === 'html') {
    tags.read(token.raw)
    return commentPattern.test(token.raw) ? '' : foreign
  }
  if (token.type === 'br') return '\n'
  const isWords = (token.type === 'text' || token.type === 'escape') && !tags.areOpen
  // What else there is may span lines: none of them begins with own words.
  return isWords && !('tokens' in token && token.tokens !== undefined) ? token.raw : foreign
}

/** HTML elements that were opened and not closed: what stands between the tags is not plain. */
class OpenTags {
  readonly #open: string[] = []

  get areOpen(): boolean {
    return this.#open.length > 0
  }

  read(html: string): void {
    const tags = html.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    for (const [, closes, name = '', closesItself] of tags.matchAll(tagPattern)) {
      const tag = name.toLowerCase()
      if (closes === '/') this.#close(tag)
      else if (closesItself !== '/' && !voidTags.has(tag)) this.#open.push(tag)
    }
  }

  #close(tag: string): void {
    const at = this.#open.lastIndexOf(tag)
    if (at !== -1) this.#open.splice(at)
  }
}
