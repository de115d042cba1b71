// Format characters, separators that break lines, private use, unassigned and lone surrogates, and the few letters,
// marks and symbols that draw nothing (Unicode's Default_Ignorable_Code_Point and the blank braille cell).
const hidden = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu
const emojiSelector = '\uFE0F'

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`
}

/**
 * Shows every character that is not seen, or that reorders what is seen, as `⟦U+202E⟧`; line ends become LF, tabs
 * stay and other control characters go. The selector that asks for a coloured emoji stays after an emoji.
 */
export function showHidden(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(hidden, (character, offset: number, whole: string) =>
      character === emojiSelector &&
      /[\p{Extended_Pictographic}]$/u.test(whole.slice(Math.max(0, offset - 2), offset))
        ? character
        : escapeOf(character),
    )
}
