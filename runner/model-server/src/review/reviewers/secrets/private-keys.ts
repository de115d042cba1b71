const begin = /-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----/
const keyText = /[A-Za-z0-9+/]{32,}/

/** Lines on which a private key begins, with at least some of the key behind it: the bare marker is only a text. */
export function findPrivateKeys(added: ReadonlyMap<number, string>): readonly number[] {
  const found: number[] = []
  for (const [line, text] of added) {
    const match = begin.exec(text)
    if (match === null) continue
    const following = [1, 2, 3, 4].map((offset) => added.get(line + offset) ?? '')
    const behind = [text.slice(match.index + match[0].length), ...following]
    if (behind.some((part) => keyText.test(part))) found.push(line)
  }
  return found
}
