/** What `.gitattributes` says about a file. */
export interface FileAttributes {
  readonly generated: boolean
  readonly vendored: boolean
}

/** A `.gitattributes` file by its path in the repository. */
export interface AttributesFile {
  readonly path: string
  readonly text: string
}

export function gitAttributes(_files: readonly AttributesFile[]): (path: string) => FileAttributes {
  throw new Error('being built')
}
