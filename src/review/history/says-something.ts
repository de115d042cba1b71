const codeSpan = /(`{1,3})(?!`)(?:(?!\1)[^\n]){1,2000}?\1(?!`)/g
const codeTag = /<(pre|code)\b[^<>]{0,100}>[^<]{0,2000}<\/\1>/gi
const indentedLine = /^(?: {4}|\t).*$/gm
/** Said of anything, so that it teaches nothing: alone, or one after the other. */
const phrase = [
  '\\+1|-1|lgtm|looks good(?: to me)?|sgtm|sounds good|ship ?it|approved?|ack|nice|great|cool|awesome|perfect|fine',
  '(?:good|nice|great) (?:catch|point|call|idea|one|job|work)|well done|makes sense|love it|exactly|indeed|right|correct',
  'ok(?:ay)?|yes|yep|yup|yeah|no|nope|please|done|fixed|roger|(?:to|for) (?:this|that)|me too|this too',
  'thanks?(?: you)?(?: so much| a lot)?|thx|ty|agreed?|same(?: here)?|ditto|as above|see above|likewise|here too|nit|wdyt',
  'ping|bump|resolved|addressed|updated|same (?:as above|thing|comment|question)(?: here)?|someone|never ?mind|nvm|fyi',
  'he(?:h)+|ha(?:ha)+|lol|wow|hm+|ah+|oh|oops',
].join('|')
const empty = new RegExp(`^(?:(?:${phrase})(?: |$))+$`)
const longestEmpty = 60

/** True where prose says more than what is said of anything; code and links alone say nothing. */
export function saysSomething(prose: string): boolean {
  const words = prose
    .replace(codeSpan, ' x ')
    .replace(codeTag, ' x ')
    .replace(indentedLine, ' x ')
    .replaceAll('(link)', ' ')
    .replace(/:[a-z\d_+-]{1,40}:/gi, ' ')
  const plain = words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const letters = plain.replace(/[^\p{L}]/gu, '')
  const isEmpty = plain.length <= longestEmpty && empty.test(plain)
  return letters.replaceAll('x', '').length >= 3 && !isEmpty
}
