import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly MarkdownNode[]
}

/** Reads a body as GitHub does, and gives back everything in it that acts: links, images, HTML, mentions, closing words, commands. */
export function liveParts(body: string): string[] {
  const tree = fromMarkdown(body, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  }) as MarkdownNode
  const commands = /^[ \t]*\/[a-z]/im.test(body) ? ['a slash command'] : []
  return [...partsOf(tree), ...commands]
}

/** Our own hidden marks: a name, and numbers in hex. */
const ownMark = /^<!-- ai-review:[a-z]+ [\w=. -]+ -->$/

function partsOf(node: MarkdownNode): string[] {
  const inner = (node.children ?? []).flatMap(partsOf)
  const value = node.value ?? ''
  if (node.type === 'html') return ownMark.test(value) ? inner : [`html: ${value}`, ...inner]
  if (node.type !== 'text') return /link|image|definition/i.test(node.type) ? [node.type, ...inner] : inner
  const mentions = /(^|[^\w`])@[a-z\d]/i.test(value) ? [`mention: ${value}`] : []
  const closing = /\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\s+#\d/i.test(value) ? [`closing: ${value}`] : []
  return [...mentions, ...closing]
}
