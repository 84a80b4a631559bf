import type { Command } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION } from './config-options.ts'
import { loadConfig } from './load-config.ts'

/** `bursar migrate`: makes the collections that this version needs. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Makes what this version needs in the storage. Can be repeated.',
  operands: '',
  options: CONFIG_OPTION,
  makesShop: true,
  run: async (input, terminal) => {
    const commerce = commerceOfConfig(await loadConfig({ cwd: terminal.cwd, path: input.text('config') }))
    try {
      await commerce.migrate()
    } finally {
      await commerce.close()
    }
    terminal.write('The storage is ready.\n')
    return 0
  },
}
