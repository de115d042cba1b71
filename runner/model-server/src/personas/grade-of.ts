import type { AnsweredComment } from '../review/prompt/answer-schema.ts'

type Grade = Pick<AnsweredComment, 'category' | 'severity'>

/** People give their comments no category; the first row whose words are found in one is taken for it. */
const grades: readonly { readonly words: RegExp; readonly grade: Grade }[] = [
  {
    words: /\b(?:nit|nits|nitpick|whitespace|indent\w*|spacing|formatting|typo)\b/i,
    grade: { category: 'style', severity: 'low' },
  },
  {
    words: /\b(?:inject\w*|sanitiz\w*|vulnerab\w*|credential\w*|password|secret)\b/i,
    grade: { category: 'security', severity: 'high' },
  },
  {
    words: /\b(?:race|races|deadlock\w*|thread.?safe|lock(?:ed|ing)?|mutex|concurren\w*)\b/i,
    grade: { category: 'concurrency', severity: 'medium' },
  },
  {
    words: /\b(?:leak\w*|crash\w*|null|undefined behavio\w*|overflow\w*|bug|broken|wrong|incorrect)\b/i,
    grade: { category: 'bug', severity: 'medium' },
  },
  {
    words: /\b(?:slow|perf|performance|alloc\w*|expensive|cache[ds]?)\b/i,
    grade: { category: 'performance', severity: 'medium' },
  },
  {
    words: /\b(?:errors?|exceptions?|throws?|catch|error code)\b/i,
    grade: { category: 'error-handling', severity: 'medium' },
  },
  { words: /\b(?:tests?|coverage|assert\w*)\b/i, grade: { category: 'testing', severity: 'low' } },
  {
    words: /\b(?:doc|docs|documentation|comment|comments|javadoc|docstring)\b/i,
    grade: { category: 'documentation', severity: 'low' },
  },
  {
    words: /\b(?:api|public|interface|signature|parameter|argument|backwards?)\b/i,
    grade: { category: 'api-design', severity: 'low' },
  },
]

/** A category and a severity for a past comment, by its words alone. */
export function gradeOf(body: string): Grade {
  return (
    grades.find(({ words }) => words.test(body))?.grade ?? { category: 'maintainability', severity: 'low' }
  )
}
