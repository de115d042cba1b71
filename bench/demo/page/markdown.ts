import MarkdownIt from 'markdown-it'

// `html: false` turns every tag of a comment into text; links are not made from bare addresses.
const renderer = new MarkdownIt({ html: false, linkify: false })
// The browser must fetch nothing: an image in a comment is shown as its description.
renderer.disable('image')

/** HTML of a comment or a summary as GitHub would show it: hidden markers are left out, `<details>` are opened up. */
export function markdownToHtml(markdown: string): string {
  const visible = markdown.replace(/<!--[\s\S]*?-->/g, '').replace(/<\/?(details|summary|sub|br)\s*\/?>/g, '')
  return renderer
    .render(visible)
    .replaceAll('<code class="language-suggestion">', '<code class="suggestion">')
}
