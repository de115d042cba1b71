/** What stands in the place of a person's name. */
export const someone = 'someone'
const address = 'an e-mail address'

// Written like a mention, but names of the language: annotations of Java and Kotlin, decorators, tags of documentation.
const annotations = new Set(
  (
    'override nullable nonnull notnull deprecated test before after beforeeach aftereach inject autowired ' +
    'transactional suppresswarnings visiblefortesting bean value entity mock component injectable input output ' +
    'functionalinterface safevarargs jvmstatic jvmfield param params return returns throws see link since ' +
    'property staticmethod classmethod abstractmethod dataclass cached_property pytest types media import ' +
    'ts-ignore ts-expect-error author code inheritdoc literal linkplain version exception serial option argument ' +
    'annotation type typedef template callback todo internal private public ignore'
  ).split(' '),
)
const mention =
  /(?<![\w`/@.+{-])@([A-Za-z\d](?:[A-Za-z\d_-]{0,80}[A-Za-z\d])?)(?:\/[A-Za-z\d._-]{1,80})?(?![\w(@]|\.[a-z]|\s(?:tag|annotation|decorator)s?\b)/g
const mailAddress =
  /(?:(?<![\p{L}\p{N}_.%+-])"[^"\n@]{1,64}"|[\p{L}\p{N}_.%+-]{1,64})@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,7}\.\p{L}[\p{L}\p{N}-]{1,62}/gu
/** How people hide an address from machines: `name [at] host (dot) org`. */
const spelledMail =
  /[\w.%+-]{1,64} {0,2}[[({] ?at ?[\])}] {0,2}[\w-]{1,63}(?: {0,2}(?:\.|[[({] ?dot ?[\])}]) {0,2}[\w-]{1,63}){1,8}|\b[\w.%+-]{1,64} at [\w-]{1,63} dot (?:com|org|net|io|dev|edu|de|uk)\b/gi
/** A line that git or a mail program puts under or above a text, with somebody's name: `Co-authored-by: …`. */
const trailer =
  /^[ \t]{0,10}(?:[-*][ \t]{1,3})?(?:(?:co-?authored|signed-?off|reviewed|acked|tested|reported|suggested|helped|approved|requested|co-?developed|mentored|assisted)[- ]by[ \t]{0,3}:|cc:(?=[^\n]{0,200}<)|on [^\n]{5,200} wrote:$)[^\n]{0,500}(?:\n|$)/gim
/** What comes before or after a name that is spoken to, where the name is a common word as well. */
const greeting = '(?:\\b(?:cc|hi|hey|hello|thanks|thank you|ping|ask|asked)[ ,:]{1,3})'

/** An annotation, or a version of a module: `@v2`. */
function isLanguage(name: string): boolean {
  return annotations.has(name) || /^v\d{1,4}$/.test(name)
}

/** Addresses of mail, which are in code as well, replaced by words. */
export function withoutMail(text: string): string {
  return text.replace(mailAddress, address)
}

/** What a text would tell about others: `logins` are those of everybody who was met; whoever is mentioned goes too. */
export function withoutPeople(text: string, logins: readonly string[]): string {
  const known = new Set(logins.map((login) => login.toLowerCase()))
  const plain = withoutMail(text.replace(trailer, '')).replace(spelledMail, address)
  const unmentioned = plain.replace(mention, (whole, login: string) =>
    isLanguage(login.toLowerCase()) && !known.has(login.toLowerCase()) ? whole : someone,
  )
  return [...known].reduce(withoutLogin, unmentioned)
}

/** The same in code, where a name alone may be a variable: mentions of those who were met, and addresses of mail. */
export function withoutMentions(code: string, logins: readonly string[]): string {
  const names = logins
    .map((login) => login.toLowerCase().replace(/[^a-z\d_-]/g, ''))
    .filter((name) => name !== '')
  return names.reduce(
    (text, name) =>
      text.toLowerCase().includes(`@${name}`)
        ? text.replace(new RegExp(`@${name}(?![\\w-])`, 'gi'), someone)
        : text,
    withoutMail(code),
  )
}

function withoutLogin(text: string, login: string): string {
  if (login.length < 3 || !text.toLowerCase().includes(login)) return text
  const name = login.replace(/[^a-z\d_-]/g, '')
  const alone = `(?<![\\w-])@?${name}(?![\\w-])`
  if (isUnlikeAWord(name)) return text.replace(new RegExp(alone, 'gi'), someone)
  return text
    .replace(new RegExp(`(?<![\\w-])@${name}(?![\\w-])`, 'gi'), someone)
    .replace(new RegExp(`(${greeting})${name}(?![\\w-])`, 'gi'), `$1${someone}`)
    .replace(new RegExp(`^(\\s{0,10})${name}(?=[,:])`, 'gim'), `$1${someone}`)
}

/** "mark" and "will" are logins and words; one of seven letters and more, or with a digit or a dash, is taken for a name. */
function isUnlikeAWord(login: string): boolean {
  return /[\d_-]/.test(login) || login.length >= 7
}
