import { open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type AdminClient, type Commerce, isBursarError, systemRuntime } from '@bursar/core'
import { codesCsv } from '../codes/index.ts'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { loadConfig } from './load-config.ts'
import { notThere } from './not-there.ts'
import type { Terminal } from './terminal.ts'

/** `bursar codes mint PROMOTION` and `bursar codes export BATCH`: codes by the thousand. */
export const codesCommand: Command = {
  name: 'codes',
  summary: 'Makes a batch of codes for a promotion, and writes the codes of a batch as CSV.',
  operands: 'mint PROMOTION | export BATCH',
  options: {
    ...CONFIG_OPTION,
    ...SITE_OPTION,
    count: { type: 'string', value: 'N', help: 'mint: how many codes, 1 to 100000.' },
    name: { type: 'string', value: 'TEXT', help: 'mint: name of the batch for staff. Default: the promotion’s id.' },
    prefix: { type: 'string', value: 'TEXT', help: 'mint: what each code begins with. Default: nothing.' },
    uses: { type: 'string', value: 'N', help: 'mint: how often each can be used. Default: 1.' },
    from: { type: 'string', value: 'INSTANT', help: 'mint: from when they are valid. Default: at once.' },
    until: { type: 'string', value: 'INSTANT', help: 'mint: until when (exclusive). Default: without end.' },
    'all-sites': { type: 'boolean', help: 'mint: valid on all sites of the operator.' },
    out: { type: 'string', value: 'FILE', help: 'Writes the codes to a new file. Default of export: standard output.' },
  },
  run: async (input, terminal) => {
    const [action, id, ...others] = input.positionals
    if (id === undefined || others.length > 0 || (action !== 'mint' && action !== 'export')) {
      throw new UsageError('say `mint PROMOTION` or `export BATCH`.')
    }
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const session = { site: siteOf(input, config), commerce: commerceOfConfig(config), input, terminal }
    try {
      await session.commerce.migrate()
      await clientOfSite(session.commerce, session.site)
      if (action === 'export') await exportCodes(session, id)
      else await mint(session, id)
      return 0
    } finally {
      await session.commerce.close()
    }
  },
}

interface Session {
  readonly site: string
  readonly commerce: Commerce
  readonly input: CommandInput
  readonly terminal: Terminal
}

async function mint(session: Session, promotionId: string): Promise<void> {
  const { input, terminal, commerce, site } = session
  const count = wholeNumber(input, 'count')
  if (count === undefined) throw new UsageError('say how many codes by --count.')
  const wanted = {
    ...{ promotionId, count, name: input.text('name') ?? promotionId, prefix: input.text('prefix') },
    ...{ uses: wholeNumber(input, 'uses'), from: input.text('from'), until: input.text('until') },
    site: input.has('all-sites') ? '*' : undefined,
  }
  const { admin } = commerce.as({ type: 'system', site })
  const file = await newFile(session).catch((cause) => {
    throw new Error(`Nothing was minted: ${reasonOf(cause)}`, { cause })
  })
  await inFile(file, async () => {
    const id = systemRuntime().newId('cbt')
    // Before all else: whoever ends the command half-way finds by it what was minted.
    terminal.write(`${id}: `)
    try {
      const { record } = await admin.codeBatches.create({ id, ...wanted })
      terminal.write(`${record.minted} ${record.minted === 1 ? 'code' : 'codes'}\n`)
    } catch (error) {
      terminal.write(`${await mintedOf(admin, id)}\n`)
      throw error
    }
    if (file !== null) await writeCodes(session, id, (piece) => file.write(piece))
  })
}

/** What there is of a batch whose minting failed. */
async function mintedOf(admin: AdminClient, id: string): Promise<string> {
  try {
    const { record } = await admin.codeBatches.get({ id })
    return `${record.minted} of ${record.count} codes`
  } catch (error) {
    return isBursarError(error, 'not_found') ? 'nothing was minted' : 'interrupted'
  }
}

async function exportCodes(session: Session, batch: string): Promise<void> {
  const file = await newFile(session)
  const write = async (piece: string) => (file === null ? session.terminal.write(piece) : file.write(piece))
  await inFile(file, () => writeCodes(session, batch, write).catch(notThere(`batch ${batch}`, session.site)))
}

async function writeCodes(
  { commerce, site }: Session,
  batch: string,
  write: (piece: string) => Promise<unknown>,
): Promise<void> {
  for await (const piece of codesCsv(commerce, { type: 'system', site }, batch)) await write(piece)
}

/** A file that is being written. */
interface NewFile {
  /** Writes all of it, or throws: what a disk that is nearly full takes is less. */
  write(text: string): Promise<unknown>
  close(): Promise<void>
  remove(): Promise<void>
}

/** The file of `--out`, or null. One that is there is left alone: codes that were sent once must not be lost by a slip. */
async function newFile({ input, terminal }: Session): Promise<NewFile | null> {
  const out = input.text('out')
  if (out === undefined) return null
  const path = resolve(terminal.cwd, out)
  const file = await open(path, 'wx')
  return { write: (text) => file.appendFile(text), close: () => file.close(), remove: () => rm(path, { force: true }) }
}

/** Does what fills a new file; where it fails, none is left that looks whole. */
async function inFile(file: NewFile | null, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await file?.close()
    await file?.remove()
    throw error
  }
  await file?.close()
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function wholeNumber(input: CommandInput, option: string): number | undefined {
  const given = input.text(option)
  if (given === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given)
  throw new UsageError(`--${option} is a whole number from 1, not "${given}".`)
}
