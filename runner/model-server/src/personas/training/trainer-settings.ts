import { readFile } from 'node:fs/promises'
import { parse, stringify, type TomlTable } from 'smol-toml'
import { z } from 'zod'

/** A file of settings for a trainer is never larger. */
const largestFile = 64 * 1024

/** What of the model is the server's to say: whatever the operator's file says of it is not taken over. */
const ownModelKeys = ['base', 'serving_id', 'hub'] as const

const Tables = z.record(z.string(), z.record(z.string(), z.unknown()))

export interface TrainerSettings {
  /** Directory or hub name of the base weights. */
  readonly baseModel: string
  /** TOML file of the operator: learning rate, rank and the like. */
  readonly configFile?: string
}

/**
 * Text of the trainer's configuration: the operator's tables, and the base model of this server. Whether the settings fit
 * is the trainer's to say. Throws an Error that names the file where it cannot be read.
 */
export async function trainerConfigText({ baseModel, configFile }: TrainerSettings): Promise<string> {
  const tables = configFile === undefined ? {} : await readTables(configFile)
  const model = Object.fromEntries(
    Object.entries(tables.model ?? {}).filter(([name]) => !ownModelKeys.some((own) => own === name)),
  )
  return stringify({ ...tables, model: { ...model, base: baseModel, serving_id: baseModel } })
}

async function readTables(path: string): Promise<Record<string, TomlTable>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`TRAINER_CONFIG ${path} cannot be read.`, { cause })
  })
  try {
    if (text.length > largestFile) throw new RangeError('The file is too large.')
    return Tables.parse(parse(text)) as Record<string, TomlTable>
  } catch (cause) {
    throw new Error(`TRAINER_CONFIG ${path} is no TOML file of tables.`, { cause })
  }
}
