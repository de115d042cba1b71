import { isDeclining } from './is-declining.ts'
import { ownWords } from './own-words.ts'

/** What a reply in a thread says to us, in its author's own words. */
interface Understood {
  /** The reviewer is called by name, wherever in a line. */
  readonly mentionsUs: boolean
  readonly isDeclining: boolean
}

/** Never throws, whatever the text is. `mentionName` is letters, digits and dashes. */
export function understandReply(text: string, mentionName: string): Understood {
  const mention = new RegExp(`(?<![\\w@/.-])@${mentionName}(?![\\w/[@-]|\\.\\w)`, 'i')
  return { mentionsUs: ownWords(text).some((line) => mention.test(line)), isDeclining: isDeclining(text) }
}
