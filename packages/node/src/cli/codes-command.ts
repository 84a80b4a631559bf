import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Commerce } from '@bursar/core'
import { codesCsv } from '../codes/index.ts'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { loadConfig } from './load-config.ts'
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
      if (action === 'export') await writeCodes(session, id)
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
  const { admin } = commerce.as({ type: 'system', site })
  const { record } = await admin.codeBatches.create({
    ...{ promotionId, count, name: input.text('name') ?? promotionId, prefix: input.text('prefix') },
    ...{ uses: wholeNumber(input, 'uses'), from: input.text('from'), until: input.text('until') },
    site: input.has('all-sites') ? '*' : undefined,
  })
  terminal.write(`${record.id}: ${record.minted} ${record.minted === 1 ? 'code' : 'codes'}\n`)
  if (input.text('out') !== undefined) await writeCodes(session, record.id)
}

/** A file that is there is left alone: codes that were sent once must not be lost by a slip. */
async function writeCodes({ commerce, site, input, terminal }: Session, batch: string): Promise<void> {
  const out = input.text('out')
  const pieces = codesCsv(commerce, { type: 'system', site }, batch)
  if (out === undefined) {
    for await (const piece of pieces) terminal.write(piece)
    return
  }
  const first = await pieces.next()
  const file = await open(resolve(terminal.cwd, out), 'wx')
  try {
    await file.write(first.value ?? '')
    for await (const piece of pieces) await file.write(piece)
  } finally {
    await file.close()
  }
}

function wholeNumber(input: CommandInput, option: string): number | undefined {
  const given = input.text(option)
  if (given === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given)
  throw new UsageError(`--${option} is a whole number from 1, not "${given}".`)
}
