import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { resolveModelFile } from 'node-llama-cpp'
import { lookAtGguf } from './gguf-header.ts'
import { LoadError } from './load-error.ts'

interface ModelSource {
  /** Path of a GGUF file, name of one in the models directory, or `hf:owner/repository:quantisation-or-file`. */
  readonly model: string
  readonly modelsDirectory: string
  /** Base URL of Hugging Face or of a mirror with the same paths. */
  readonly hubUrl: string
  readonly onDownload: (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void
}

const hubName = /^(hf|huggingface):|^(https:\/\/)?(huggingface\.co|hf\.co)\//
const hubTimeoutMs = 15_000
const otherUrl = /^[a-z]+:\/\//i

/**
 * Absolute path of the model's GGUF file, downloaded first where a hub name is given and the file is not there.
 * Throws a LoadError that says what to change when there is no such file or it is not GGUF.
 */
export async function findModelFile(source: ModelSource): Promise<string> {
  const path = hubName.test(source.model) ? await fetchFromHub(source) : await findLocalFile(source)
  await requireGguf(path)
  return path
}

/** All files of a model: a split one is `name-00001-of-00003.gguf` and its siblings, in order. */
export async function modelParts(path: string): Promise<readonly string[]> {
  const split = /^(.*)-\d{5}-of-(\d{5})\.gguf$/.exec(basename(path))
  if (split === null) return [path]
  const [, name = '', total = ''] = split
  const siblings = await readdir(dirname(path))
  const parts = siblings.filter((file) => file.startsWith(`${name}-`) && file.endsWith(`-of-${total}.gguf`))
  if (parts.length !== Number(total)) {
    throw new LoadError(
      `The model is split into ${Number(total)} files, but ${parts.length} are there. Fetch all.`,
    )
  }
  return parts.sort().map((file) => join(dirname(path), file))
}

async function findLocalFile({ model, modelsDirectory }: ModelSource): Promise<string> {
  if (otherUrl.test(model)) {
    throw new LoadError(
      'Models are fetched from Hugging Face alone: give hf:owner/repository:file, or fetch it yourself and give the path.',
    )
  }
  const candidates = isAbsolute(model) ? [model] : [resolve(model), resolve(modelsDirectory, model)]
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => undefined)
    if (found?.isFile()) return candidate
    if (found?.isDirectory()) {
      throw new LoadError(`The model ${candidate} is a directory: give the path of the .gguf file in it.`)
    }
  }
  throw new LoadError(
    `There is no model file at ${candidates.join(' or ')}. Give the path of a GGUF file, or a hub name such as hf:owner/repository:Q4_K_M.`,
  )
}

async function fetchFromHub(source: ModelSource): Promise<string> {
  const { model, modelsDirectory, onDownload } = source
  const options = {
    directory: modelsDirectory,
    cli: false,
    endpoints: { huggingFace: source.hubUrl },
  } as const
  const present = await resolveModelFile(model, { ...options, download: false }).catch(() => undefined)
  if (present !== undefined) return present
  await requireHub(source)
  try {
    return await resolveModelFile(model, {
      ...options,
      // What was fetched before a break is kept, and the next try goes on from there.
      deleteTempFileOnCancel: false,
      onProgress: ({ downloadedSize, totalSize }) =>
        onDownload({ doneBytes: downloadedSize, totalBytes: totalSize }),
    })
  } catch (cause) {
    throw notFetched(source, reasonOf(cause), cause)
  }
}

/** Asks the hub for the repository: the download itself would try for minutes before it says that there is none. */
async function requireHub(source: ModelSource): Promise<void> {
  const [owner, repository = ''] = source.model.replace(hubName, '').replace(/^\/\//, '').split('/')
  const name = `${owner}/${repository.split(':')[0]}`
  const answer = await fetch(new URL(`/api/models/${name}`, source.hubUrl), {
    signal: AbortSignal.timeout(hubTimeoutMs),
  }).catch((cause: unknown) => {
    throw notFetched(source, `${new URL(source.hubUrl).host} does not answer`, cause)
  })
  await answer.body?.cancel()
  if (answer.status >= 400 && answer.status < 500) {
    throw notFetched(source, `${new URL(source.hubUrl).host} has no public model ${name}`)
  }
}

function notFetched({ model, modelsDirectory }: ModelSource, reason: string, cause?: unknown): LoadError {
  return new LoadError(
    `The model ${model} could not be fetched: ${reason}. Check the name and the way to the hub, or put the .gguf file into ${modelsDirectory} and give its path.`,
    { cause },
  )
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'the download failed'
  const inner = cause.cause
  const code = inner instanceof Error && 'code' in inner ? ` (${String(inner.code)})` : ''
  return `${cause.message.split('\n')[0]?.slice(0, 200)}${code}`
}

async function requireGguf(path: string): Promise<void> {
  const file = await open(path).catch((cause: unknown) => {
    throw new LoadError(`The model file ${path} cannot be read: check its permissions.`, { cause })
  })
  try {
    const kind = await lookAtGguf(file)
    if (kind === 'other') {
      throw new LoadError(
        `The model file ${path} is not GGUF. Take a GGUF build of the model, or convert it with llama.cpp's convert_hf_to_gguf.py.`,
      )
    }
    if (kind === 'damaged') {
      throw new LoadError(`The model file ${path} is damaged or cut short: fetch it again or take another.`)
    }
  } finally {
    await file.close()
  }
}
