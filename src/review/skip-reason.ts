/** Why a file of the change is not reviewed. `complete` is false where a file that should have been read was not. */
export const skipReasons = {
  binary: { sentence: 'binary file', complete: true },
  submodule: { sentence: 'submodule', complete: true },
  symlink: { sentence: 'symbolic link', complete: true },
  'no-content-change': { sentence: 'no change of content', complete: true },
  generated: { sentence: 'generated file', complete: true },
  vendored: { sentence: 'vendored file', complete: true },
  'lock-file': { sentence: 'lock file', complete: true },
  minified: { sentence: 'minified file', complete: true },
  'excluded-by-policy': { sentence: 'excluded by the policy', complete: true },
  'not-included': { sentence: 'not included by the policy', complete: true },
  'too-large': { sentence: 'more changed lines than `max-changed-lines`', complete: false },
  'too-many-files': { sentence: 'beyond `max-files`', complete: false },
  'request-too-large': { sentence: 'did not fit into one request to the model server', complete: false },
  'diff-unavailable': {
    sentence: 'GitHub shows no diff of it, and none could be made within the limits',
    complete: false,
  },
  'unreadable-name': {
    sentence: 'its name is not UTF-8, so GitHub cannot be told which file is meant',
    complete: false,
  },
  'unreadable-diff': { sentence: 'its diff cannot be read', complete: false },
} as const satisfies Record<string, { readonly sentence: string; readonly complete: boolean }>
export type SkipReason = keyof typeof skipReasons
