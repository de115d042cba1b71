const prose = [
  String.raw`(?:\.github/|docs/)?(?:contributing|style|style[-_]?guide|cod(?:e|ing)[-_]style)(?:\.(?:md|mdx|rst|txt|adoc))?`,
  String.raw`(?:agents|claude)\.md`,
  String.raw`\.github/copilot-instructions\.md`,
  String.raw`\.github/instructions/(?:[^/]+/){0,5}[^/]+\.instructions\.md`,
  String.raw`\.cursor/rules/(?:[^/]+/){0,5}[^/]+\.mdc?`,
  String.raw`\.cursorrules`,
]

const configuration = [
  String.raw`\.editorconfig`,
  String.raw`\.eslintrc(?:\.(?:json|ya?ml|c?js))?`,
  String.raw`eslint\.config\.[cm]?[jt]s`,
  String.raw`\.prettierrc(?:\.(?:json5?|ya?ml|toml|[cm]?js))?`,
  String.raw`prettier\.config\.[cm]?[jt]s`,
  String.raw`(?:config/checkstyle/)?checkstyle\.xml`,
  String.raw`\.?ruff\.toml`,
  String.raw`pyproject\.toml`,
  String.raw`\.golangci\.(?:ya?ml|toml|json)`,
]

// The directory is matched lazily, so that `docs/STYLE.md` is a guideline of the root and not of `docs`.
const byKind = [prose, configuration].map(
  (names) => new RegExp(`^((?:[^/]+/)*?)(?:${names.join('|')})$`, 'i'),
)

export interface GuidelineKind {
  /** '' for the root, else a path without a slash at its end: the guideline is about everything below. */
  readonly directory: string
  /** 0 for what people wrote for people, 1 for configuration of tools. */
  readonly rank: number
}

/** Tells whether a path is that of a style file, and for which directory it speaks. */
export function guidelineKind(path: string): GuidelineKind | null {
  for (const [rank, pattern] of byKind.entries()) {
    const found = pattern.exec(path)
    if (found) return { directory: (found[1] ?? '').replace(/\/$/, ''), rank }
  }
  return null
}
