/** "Body is too long (maximum is 65536 characters)", in code points. */
const longestBody = 65_536

/** True where GitHub takes the text as the body of a review or a comment. */
export function fitsBody(text: string): boolean {
  return text.length <= longestBody || [...text].length <= longestBody
}
