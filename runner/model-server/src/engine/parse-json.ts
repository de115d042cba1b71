/** The value of a text of JSON, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What a model writes is often no JSON: an expected outcome, not an error.
    return undefined
  }
}
