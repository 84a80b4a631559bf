import { type Command, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { loadConfig } from './load-config.ts'

/** `bursar explain ORDER`: how an order came to its price. */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'Says how an order came to its price: each step of each line, each code, the sums. ORDER is an id: `ord_…`.',
  operands: 'ORDER',
  options: {
    ...CONFIG_OPTION,
    ...SITE_OPTION,
    json: { type: 'boolean', help: 'Writes the explanation as JSON.' },
  },
  run: async (input, terminal) => {
    const [orderId, ...others] = input.positionals
    if (orderId === undefined || others.length > 0) throw new UsageError('name one ORDER, such as ord_….')
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const commerce = commerceOfConfig(config)
    try {
      await commerce.migrate()
      const { admin } = await clientOfSite(commerce, siteOf(input, config))
      const told = await admin.orders.explain({ orderId })
      const lines = [`${told.number}, priced at ${told.pricedAt}`, ...told.steps]
      terminal.write(input.has('json') ? `${JSON.stringify(told, null, 2)}\n` : `${lines.join('\n')}\n`)
      return told.isSame ? 0 : 1
    } finally {
      await commerce.close()
    }
  },
}
