const botSuffix = '[bot]'

interface Written {
  readonly viewerDidAuthor: boolean
  /** Null once the account is gone. */
  readonly author: { readonly __typename: string; readonly login: string } | null
}

/**
 * True where the account that asks, whose login is `viewer`, wrote it. A bot that asks is told its login with a suffix,
 * and as an author without.
 */
export function isByViewer({ author, viewerDidAuthor }: Written, viewer: string): boolean {
  const isSameBot = author?.__typename === 'Bot' && `${author.login}${botSuffix}` === viewer
  return viewerDidAuthor || isSameBot
}
