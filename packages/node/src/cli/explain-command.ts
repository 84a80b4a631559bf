import { type Command, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { loadConfig } from './load-config.ts'
import { notThere } from './not-there.ts'

/** `bursar explain CART` or `ORDER`: how a cart comes, or an order came, to its price. */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'Says how a cart or an order comes to its price: each step of each line, each code, the sums.',
  operands: 'CART | ORDER',
  options: {
    ...CONFIG_OPTION,
    ...SITE_OPTION,
    json: { type: 'boolean', help: 'Writes the explanation as JSON.' },
  },
  run: async (input, terminal) => {
    const [id, ...others] = input.positionals
    if (id === undefined || others.length > 0) throw new UsageError('name one CART or ORDER, such as crt_… or ord_….')
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const commerce = commerceOfConfig(config)
    try {
      await commerce.migrate()
      const site = siteOf(input, config)
      const { admin } = await clientOfSite(commerce, site)
      if (id.startsWith('crt_')) {
        const told = await admin.carts.explain({ cartId: id }).catch(notThere(`cart ${id}`, site))
        const lines = [`${id}, priced at ${told.pricedAt}`, ...told.steps]
        terminal.write(input.has('json') ? `${JSON.stringify(told, null, 2)}\n` : `${lines.join('\n')}\n`)
        return 0
      }
      const told = await admin.orders.explain({ orderId: id }).catch(notThere(`order ${id}`, site))
      terminal.write(input.has('json') ? `${JSON.stringify(told, null, 2)}\n` : `${linesOf(told).join('\n')}\n`)
      return told.isSame ? 0 : 1
    } finally {
      await commerce.close()
    }
  },
}

/** What is printed of an order. */
export function linesOf(told: {
  readonly number: string
  readonly pricedAt: string
  readonly steps: readonly string[]
  readonly isSame: boolean
}): readonly string[] {
  const other = 'Priced again it comes to another quote than the one that was charged: these steps are not its own.'
  return [`${told.number}, priced at ${told.pricedAt}`, ...(told.isSame ? [] : [other]), ...told.steps]
}
