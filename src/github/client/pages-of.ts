/** Most rows that GitHub puts on one page of a listing. */
export const perPage = 100

/** One page of a listing, by the parameters that all listings take. */
type FetchPage<Row> = (page: { readonly per_page: number; readonly page: number }) => Promise<Page<Row>>

interface Page<Row> {
  readonly data: Row[]
  readonly headers: { readonly link?: string | undefined }
}

/** The pages of a listing in its own order, at most `most` of them; the next one is asked for when it is wanted. */
export async function* pagesOf<Row>(fetchPage: FetchPage<Row>, most: number): AsyncGenerator<Row[]> {
  for (let page = 1; page <= most; page++) {
    const answer = await fetchPage({ per_page: perPage, page })
    yield answer.data
    if (!hasNext(answer)) return
  }
}

/** By the Link header, as a host may give shorter pages than asked for; where there is none, by whether the page is full. */
export function hasNext({ data, headers: { link } }: Page<unknown>): boolean {
  return link === undefined ? data.length >= perPage : /\brel="next"/.test(link)
}

/** All rows of these pages. */
export async function rowsOf<Row>(fetchPage: FetchPage<Row>, most: number): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of pagesOf(fetchPage, most)) rows.push(...page)
  return rows
}
