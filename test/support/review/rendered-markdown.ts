import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

type Root = ReturnType<typeof fromMarkdown>
type Node = Root | Root['children'][number]

/** What a page of GitHub's would do with a Markdown text. */
interface RenderedMarkdown {
  /** Types of all nodes, once each. */
  readonly types: ReadonlySet<string>
  /** Raw HTML as it stands, comments included. */
  readonly html: readonly string[]
  /** Text that GitHub searches for mentions, references and addresses: all of it but code. */
  readonly prose: string
  /** All text, code included. */
  readonly text: string
  /** Languages of fenced blocks. */
  readonly languages: readonly string[]
}

function* nodesOf(node: Node): Generator<Node> {
  yield node
  if ('children' in node) for (const child of node.children) yield* nodesOf(child)
}

export function renderedMarkdown(markdown: string): RenderedMarkdown {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const nodes = [...nodesOf(root)]
  const texts = nodes.flatMap((node) => ('value' in node ? [{ type: node.type, value: node.value }] : []))
  const ofTypes = (...types: string[]) =>
    texts.flatMap(({ type, value }) => (types.includes(type) ? [value] : []))
  return {
    types: new Set(nodes.map(({ type }) => type)),
    html: ofTypes('html'),
    prose: ofTypes('text').join('\n'),
    text: ofTypes('text', 'code', 'inlineCode').join(''),
    languages: nodes.flatMap((node) => (node.type === 'code' ? [node.lang ?? ''] : [])),
  }
}

interface CodeBlock {
  readonly language: string
  /** What stands between the fences, line by line. */
  readonly lines: readonly string[]
}

/** Fenced blocks of a text, found by a parser of Markdown; their lines are taken from the text as it stands. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const lines = markdown.split('\n')
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  return [...nodesOf(root)].flatMap((node) => {
    if (node.type !== 'code' || node.position === undefined) return []
    const { start, end } = node.position
    return [{ language: node.lang ?? '', lines: lines.slice(start.line, end.line - 1) }]
  })
}

/** Where the links and images of a text lead, those by reference included. */
export function linksOf(markdown: string): string[] {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  return [...nodesOf(root)].flatMap((node) => ('url' in node ? [node.url] : []))
}

/** What GitHub makes live in prose whatever the Markdown around it (github.com/gjtorikian/html-pipeline and its docs). */
const liveProse: Readonly<Record<string, RegExp>> = {
  mention: /(?<![\w`])@[a-z0-9]/i,
  reference: /#\d/,
  emoji: /:[a-z0-9_+-]+:/i,
  'GH reference': /\bGH-\d/i,
  commit: /(?<![\w-])(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?![\w-])/i,
  address: /\b[a-z][a-z0-9+.-]*:\/\/[^\s]/i,
  'www address': /\bwww\.[a-z0-9]/i,
  email: /[\w.+-]@[\w-]+\.[a-z]/i,
}

const quiet = new Set(['root', 'paragraph', 'text', 'inlineCode', 'break'])

/** Node types in a text that are more than words and code. */
export function liveNodes({ types }: RenderedMarkdown): string[] {
  return [...types].filter((type) => !quiet.has(type))
}

/** Names of everything in a text's prose that GitHub would make live. */
export function liveIn({ prose }: RenderedMarkdown): string[] {
  return Object.entries(liveProse).flatMap(([name, pattern]) => (pattern.test(prose) ? [name] : []))
}
