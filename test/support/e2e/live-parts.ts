import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly url?: string
  readonly children?: readonly MarkdownNode[]
}

/**
 * Reads a body as GitHub does, and gives back everything in it that acts: images, HTML, mentions, closing words,
 * commands, and every link that is not one in our words to a thread of a pull request on the stand-in.
 */
export function liveParts(body: string): string[] {
  const tree = fromMarkdown(body, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  }) as MarkdownNode
  const commands = /^[ \t]*\/[a-z]/im.test(body) ? ['a slash command'] : []
  return [...partsOf(tree), ...commands]
}

/** Our own hidden marks: a name, words, and numbers in hex. */
const ownMark = /^<!-- ai-review:[a-z]+ [\w=., -]+ -->$/
const threadPage = /^http:\/\/127\.0\.0\.1:\d+\/[\w.-]+\/[\w.-]+\/pull\/\d+#discussion_r\d+$/

function leadsToThread({ type, url, children = [] }: MarkdownNode): boolean {
  const [words] = children
  const isOurs = children.length === 1 && /^(?:line \d+|thread)$/.test(words?.value ?? '')
  return type === 'link' && isOurs && threadPage.test(url ?? '')
}

function partsOf(node: MarkdownNode): string[] {
  const inner = (node.children ?? []).flatMap(partsOf)
  const value = node.value ?? ''
  if (node.type === 'html') {
    const isOurs = value.split('\n').every((line) => ownMark.test(line.trim()))
    return isOurs ? inner : [`html: ${value}`, ...inner]
  }
  if (leadsToThread(node)) return inner
  if (node.type !== 'text') return /link|image|definition/i.test(node.type) ? [node.type, ...inner] : inner
  const mentions = /(^|[^\w`])@[a-z\d]/i.test(value) ? [`mention: ${value}`] : []
  const closing = /\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\s+#\d/i.test(value) ? [`closing: ${value}`] : []
  return [...mentions, ...closing]
}
