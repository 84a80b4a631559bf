import { setTimeout as sleep } from 'node:timers/promises'
import type { Commerce } from '@bursar/core'
import {
  applyShop,
  entryLine,
  formatPlan,
  formatProblems,
  prepareShop,
  printShop,
  readShopFile,
  readWholeShop,
  shopFileSchema,
} from '../apply/index.ts'
import type { BursarConfig } from '../define-config.ts'
import { visible } from '../import/visible.ts'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { loadConfig } from './load-config.ts'
import { rehearsalOfConfig } from './rehearsal-of-config.ts'
import type { Terminal } from './terminal.ts'
import { textOf } from './text-of.ts'

/** Between two writes, milliseconds: time for a checkout beside it. */
const PAUSE = 50

/** `bursar apply FILE`: makes the shop what a file says. */
export const applyCommand: Command = {
  name: 'apply',
  summary: 'Makes promotions, prices, products, … what a YAML or JSON file says; what it does not name stays.',
  operands: 'FILE | --print | --schema',
  options: {
    ...CONFIG_OPTION,
    ...SITE_OPTION,
    'dry-run': { type: 'boolean', help: 'Checks the file and shows what would change; stores nothing.' },
    print: { type: 'boolean', help: 'Writes the shop as such a file to standard output.' },
    schema: { type: 'boolean', help: 'Writes the JSON Schema of such files to standard output, for editors.' },
  },
  run: async (input, terminal) => {
    const [file, ...others] = input.positionals
    const asked = [file !== undefined, input.has('print'), input.has('schema')].filter((isAsked) => isAsked)
    if (others.length > 0 || asked.length !== 1) {
      throw new UsageError('name one FILE, or ask for the shop as it is by --print, or for the --schema of files.')
    }
    if (input.has('schema')) {
      terminal.write(`${JSON.stringify(shopFileSchema(), null, 2)}\n`)
      return 0
    }
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const site = siteOf(input, config)
    const commerce = commerceOfConfig(config)
    try {
      await commerce.migrate()
      if (file !== undefined) return await applyFile(file, { commerce, config, site, input, terminal })
      const { admin } = await clientOfSite(commerce, site)
      terminal.write(printShop(await readWholeShop(admin)))
      return 0
    } finally {
      await commerce.close()
    }
  },
}

interface Session {
  readonly commerce: Commerce
  readonly config: BursarConfig
  readonly site: string
  readonly input: CommandInput
  readonly terminal: Terminal
}

async function applyFile(file: string, { commerce, config, site, input, terminal }: Session): Promise<number> {
  const { content, mistakes, lineOf } = readShopFile(await textOf(file, terminal.cwd))
  if (mistakes.length > 0) {
    for (const { line, message } of mistakes) terminal.complain(`${visible(`${file}:${line} ${message}`)}\n`)
    return refused(terminal)
  }
  const { admin } = await clientOfSite(commerce, site)
  const rehearsal = (await rehearsalOfConfig(config)).as({ type: 'system', site }).admin
  const plan = await prepareShop({ admin, rehearsal, site }, content)
  if (plan.problems.length > 0) {
    terminal.complain(formatProblems(plan.problems, { file, lineOf }))
    return refused(terminal)
  }
  terminal.write(formatPlan(plan))
  if (input.has('dry-run') || plan.entries.every(({ action }) => action === 'keep')) return 0
  const pause = () => sleep(PAUSE)
  const problems = await applyShop(
    admin,
    plan,
    (entry) => terminal.write(`stored ${entryLine(entry).slice(2)}\n`),
    pause,
  )
  if (problems.length === 0) return 0
  terminal.complain(formatProblems(problems, { file, lineOf }))
  terminal.complain('What stands above as stored is stored; run the command again for the rest.\n')
  return 1
}

function refused(terminal: Terminal): number {
  terminal.complain('Nothing was stored. Correct the file and run the command again.\n')
  return 1
}
