import { type DateOrder, type InProcessClient, type Json, standardProductTypes } from '@bursar/core'
import type { BursarConfig } from '../define-config.ts'
import { createProgressBar, formatReport, type ReadCatalogFileResult, readCatalogFile } from '../import/index.ts'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { findVariants } from './find-variants.ts'
import { loadConfig } from './load-config.ts'
import { rehearsalOfConfig } from './rehearsal-of-config.ts'
import { takeRows } from './take-rows.ts'
import type { Terminal } from './terminal.ts'
import { withCatalogFile } from './with-catalog-file.ts'

/** `bursar import FILE`: products from a spreadsheet or an export; `--from NAME`: the courses of a platform. */
export const importCommand: Command = {
  name: 'import',
  summary:
    'Takes products from a CSV or JSON file or a platform: all rows are checked first, repeatable by external ids.',
  operands: 'FILE | --from PROVIDER',
  options: {
    ...CONFIG_OPTION,
    ...SITE_OPTION,
    from: { type: 'string', value: 'PROVIDER', help: 'Takes courses from a platform, by its name in `fulfilment`.' },
    map: { type: 'string', multiple: true, value: 'FIELD=COLUMN', help: 'Takes a field from a column. Repeatable.' },
    set: { type: 'string', multiple: true, value: 'FIELD=VALUE', help: 'Fills a field that is empty. Repeatable.' },
    currency: { type: 'string', value: 'CODE', help: 'Currency of prices that name none. Default: the site’s first.' },
    encoding: { type: 'string', value: 'NAME', help: 'Encoding of a file without a byte-order mark. Default: utf-8.' },
    'decimal-separator': { type: 'string', value: 'CHAR', help: '. or , where a price has two readings.' },
    'date-order': { type: 'string', value: 'ORDER', help: 'dmy or mdy, where the year is last in dates.' },
    'skip-invalid': { type: 'boolean', help: 'Takes the rows that are valid and leaves out the others.' },
    'dry-run': { type: 'boolean', help: 'Reads and reports, what the shop would refuse too; stores nothing.' },
  },
  run: async (input, terminal) => {
    const [named, ...others] = input.positionals
    const from = input.text('from')
    if ((named === undefined) === (from === undefined) || others.length > 0) {
      throw new UsageError('name one FILE, or a platform by --from.')
    }
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const site = siteOf(input, config)
    const commerce = commerceOfConfig(config)
    try {
      await commerce.migrate()
      const client = await clientOfSite(commerce, site)
      const { operator } = await commerce.siteOf({ host: '', header: (name) => (name === 'bursar-site' ? site : null) })
      const take = async (file: string): Promise<number> => {
        const read = await readRows(file, { client, config, operator, input, terminal })
        return store(read, { client, config, site, file, input, terminal })
      }
      return await (from === undefined ? take(named ?? '') : withCatalogFile(config, from, take))
    } finally {
      await commerce.close()
    }
  },
}

interface Session {
  client: InProcessClient
  input: CommandInput
  terminal: Terminal
}

async function readRows(
  file: string,
  session: Session & { config: BursarConfig; operator: string },
): Promise<ReadCatalogFileResult> {
  const { client, config, operator, input, terminal } = session
  const { currencies, timeZone } = await client.site.get({})
  const bar = createProgressBar(terminal.progress, 'Reading')
  try {
    return await readCatalogFile(file, {
      currency: input.text('currency') ?? currencies[0] ?? '',
      currencies,
      timeZone,
      decimalSeparator: decimalSeparator(input),
      dateOrder: dateOrder(input),
      productTypes: config.productTypes === undefined ? undefined : [...standardProductTypes, ...config.productTypes],
      checkTarget: (provider, target) => targetProblem({ config, operator }, provider, target),
      map: pairs(input.texts('map'), '--map'),
      set: pairs(input.texts('set'), '--set'),
      encoding: input.text('encoding'),
      findVariants: findVariants(client),
      onProgress: (progress) => bar.update(progress),
    })
  } finally {
    bar.finish()
  }
}

async function store(
  read: ReadCatalogFileResult,
  session: Session & { config: BursarConfig; site: string; file: string },
): Promise<number> {
  const { client, config, site, file, input, terminal } = session
  if (!read.ok) {
    terminal.complain(`${file}: ${read.reason}\n`)
    return 1
  }
  terminal.write(formatReport(read.report))
  const skipsInvalid = input.has('skip-invalid')
  if (read.report.refused > 0 && !skipsInvalid) {
    terminal.complain('Nothing was stored. Correct the rows, or leave them out by --skip-invalid.\n')
    return 1
  }
  const isDryRun = input.has('dry-run')
  const { admin } = isDryRun ? (await rehearsalOfConfig(config)).as({ type: 'system', site }) : client
  return takeRows(read.rows, { admin, isDryRun, skipsInvalid, columns: read.report.columns, terminal })
}

function targetProblem(
  { config: { fulfilment = {} }, operator }: { config: BursarConfig; operator: string },
  provider: string,
  target: Json,
): string | null {
  const known = Object.hasOwn(fulfilment, provider) ? fulfilment[provider] : undefined
  return known === undefined ? `there is no fulfilment provider "${provider}"` : known.checkTarget(target, { operator })
}

function decimalSeparator(input: CommandInput): '.' | ',' | undefined {
  const given = input.text('decimal-separator')
  if (given === undefined || given === '.' || given === ',') return given
  throw new UsageError(`--decimal-separator is . or , and not "${given}".`)
}

function dateOrder(input: CommandInput): DateOrder | undefined {
  const given = input.text('date-order')
  if (given === undefined) return undefined
  if (given === 'dmy') return 'day_first'
  if (given === 'mdy') return 'month_first'
  throw new UsageError(`--date-order is dmy or mdy and not "${given}".`)
}

/** `field=value` options as a record. */
function pairs(texts: readonly string[], option: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw new UsageError(`${option} is written FIELD=…, not "${text}".`)
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}
