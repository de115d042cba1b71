/** Blocks of Markdown one below the other; those that are '' are left out. */
export function paragraphs(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n')
}
