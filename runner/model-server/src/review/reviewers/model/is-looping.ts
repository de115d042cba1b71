/** Repetitions in a row that no sentence has. */
const loop = /(.{1,60}?)\1{19,}/gsu

/** True for text in which a model repeats itself without end; rules and indentation are no loop. */
export function isLooping(text: string): boolean {
  return [...text.matchAll(loop)].some(([, unit]) => /\p{L}/u.test(unit ?? ''))
}
