/** A host's own page of a pull request, and nothing else: no query, no fragment, no credentials, no dots for a name. */
const page =
  /^(?<repository>https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::\d{1,5})?\/(?!\.)[\w.-]{1,100}\/(?!\.{1,2}\/)[\w.-]{1,100})\/pull\/[1-9]\d{0,9}$/
const pastComment = /^(?<number>[1-9]\d{0,9})#(?<comment>[1-9]\d{0,14})$/

/** `words` of ours as a link to one of our threads on that page; the words alone where there is no page. */
export function threadLink(words: string, pageUrl: string, commentId: number): string {
  const isThread = page.test(pageUrl) && Number.isSafeInteger(commentId) && commentId > 0
  return isThread ? `[${words}](${pageUrl}#discussion_r${commentId})` : words
}

/**
 * `words` of ours as a link to a comment on the diff of another pull request of the same repository, named as
 * `<pull request>#<comment>`; '' where the name is another or there is no page.
 */
export function pastCommentLink(words: string, pageUrl: string, reference: string): string {
  const { repository } = page.exec(pageUrl)?.groups ?? {}
  const { number, comment } = pastComment.exec(reference)?.groups ?? {}
  if (repository === undefined || number === undefined || comment === undefined) return ''
  return `[${words}](${repository}/pull/${number}#discussion_r${comment})`
}
