import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FulfilmentProvider } from '@bursar/core'
import type { BursarConfig } from '../define-config.ts'
import { UsageError } from './command.ts'

/** A provider that can tell what it has, as records of an import. */
interface CatalogSource {
  catalogRecords(provider: string): AsyncIterable<object>
}

/**
 * Writes what a platform has to a file of JSON lines, so that it takes the same way as any file, and removes it after.
 *
 * @throws UsageError when there is no such provider, or it has no catalog; Error when it does not answer
 */
export async function withCatalogFile<T>(
  { fulfilment = {} }: BursarConfig,
  name: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const provider = Object.hasOwn(fulfilment, name) ? fulfilment[name] : undefined
  if (provider === undefined) throw new UsageError(`there is no provider "${name}" in \`fulfilment\`.`)
  if (!isCatalogSource(provider)) throw new UsageError(`the provider "${name}" has no catalog to take.`)
  const folder = await mkdtemp(join(tmpdir(), 'bursar-import-'))
  try {
    const path = join(folder, `${encodeURIComponent(name)}.jsonl`)
    const file = await open(path, 'w')
    try {
      for await (const record of provider.catalogRecords(name)) await file.appendFile(`${JSON.stringify(record)}\n`)
    } finally {
      await file.close()
    }
    return await use(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function isCatalogSource(provider: FulfilmentProvider): provider is FulfilmentProvider & CatalogSource {
  return 'catalogRecords' in provider
}
