/** Why a character was judged hidden. */
export type HiddenKind = 'reordering' | 'invisible' | 'smuggled' | 'lookalike' | 'control'

export interface HiddenCharacter {
  readonly kind: HiddenKind
  readonly codePoint: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
}

interface Place {
  readonly character: string
  readonly codePoint: number
  readonly previous: string
  readonly next: string
  readonly line: string
  readonly at: number
}

const reordering = /[\u{202A}-\u{202E}\u{2066}-\u{2069}]/u
const directionMark = /[\u{200E}\u{200F}\u{61C}]/u
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const joiner = /[\u{200C}\u{200D}]/u
/** Format characters without a glyph, and letters and marks whose glyph is empty. */
const blank =
  /[[\p{Cf}\u{34F}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{180B}-\u{180F}\u{2800}\u{3164}\u{FFA0}]--[\u{600}-\u{605}\u{6DD}\u{70F}\u{890}\u{891}\u{8E2}\u{110BD}\u{110CD}]]/v
const tag = /[\u{E0000}-\u{E007F}]/u
const selector = /[\u{FE00}-\u{FE0F}]/u
const ideographSelector = /[\u{E0100}-\u{E01EF}]/u
const control = /[[\p{Cc}\p{Zl}\p{Zp}]--[\t\f]]/v
/** Everything above, so that a line of plain text costs one search. */
const suspect =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{34F}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{180B}-\u{180F}\u{2800}\u{3164}\u{FFA0}\u{FE00}-\u{FE0F}\u{E0000}-\u{E01EF}]/v

/** Scripts whose spelling uses joiners. */
const joiningScript =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u
const emojiPart = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u{FE0F}|\u{20E3}/u
const selectable =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{S}\p{Script=Han}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Myanmar}#*0-9\u{2000}-\u{206F}]/u
const softHyphenWord = /[\p{L}--[A-Za-z]]/v

function isInNativeText({ character, previous, next, line }: Place): boolean {
  if (joiner.test(character))
    return (emojiPart.test(previous) && emojiPart.test(next)) || joiningScript.test(previous)
  if (directionMark.test(character)) return rightToLeft.test(line)
  if (/[\u{115F}\u{1160}\u{3164}\u{FFA0}]/u.test(character)) return /\p{Script=Hangul}/u.test(previous + next)
  if (/[\u{180B}-\u{180F}]/u.test(character)) return /\p{Script=Mongolian}/u.test(previous + next)
  if (/[\u{17B4}\u{17B5}]/u.test(character)) return /\p{Script=Khmer}/u.test(previous + next)
  if (character === '\u{AD}') return softHyphenWord.test(previous) || softHyphenWord.test(next)
  return false
}

/** A flag such as Scotland's is a black flag followed by tags and the cancel tag. */
function isInFlag({ line, at }: Place): boolean {
  const before = line.slice(Math.max(0, at - 20), at)
  const flag = before.lastIndexOf('\u{1F3F4}')
  return flag >= 0 && /^\u{1F3F4}[\u{E0020}-\u{E007E}]{0,6}$/u.test(before.slice(flag))
}

function kindOf(place: Place): HiddenKind | null {
  const { character, previous } = place
  if (reordering.test(character)) return 'reordering'
  if (tag.test(character)) return isInFlag(place) ? null : 'smuggled'
  if (ideographSelector.test(character)) return /\p{Script=Han}/u.test(previous) ? null : 'smuggled'
  if (selector.test(character)) return selectable.test(previous) ? null : 'smuggled'
  if (control.test(character)) return 'control'
  const isUnseen = joiner.test(character) || directionMark.test(character) || blank.test(character)
  return isUnseen && !isInNativeText(place) ? 'invisible' : null
}

function isByteOrderMark(place: Place, isFirstLine: boolean): boolean {
  return isFirstLine && place.at === 0 && place.character === '\u{FEFF}'
}

/** Hidden characters of one line; the carriage return of its line end is none, nor is a mark that opens the file. */
export function findHidden(text: string, isFirstLine: boolean): readonly HiddenCharacter[] {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text
  if (!suspect.test(line)) return []
  const found: HiddenCharacter[] = []
  const characters = [...line]
  let at = 0
  for (const [index, character] of characters.entries()) {
    const codePoint = character.codePointAt(0) ?? 0
    const place: Place = {
      character,
      codePoint,
      previous: characters[index - 1] ?? '',
      next: characters[index + 1] ?? '',
      line,
      at,
    }
    const kind = suspect.test(character) && !isByteOrderMark(place, isFirstLine) ? kindOf(place) : null
    if (kind !== null) found.push({ kind, codePoint, column: at + 1 })
    at += character.length
  }
  return found
}
