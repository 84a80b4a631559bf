import { orders } from '../order/index.ts'
import type { Storage } from '../ports/index.ts'
import { checks } from './checks.ts'
import type { Examination } from './examination.ts'
import { gatherOrderFacts, type OperatorFacts } from './gather-order-facts.ts'
import { walkPages } from './walk.ts'

/** Looks at every order with all that belongs to it, one after the other. */
export async function examineOrders(storage: Storage, known: OperatorFacts, examination: Examination): Promise<void> {
  for (const site of known.sites) {
    const scope = { operator: known.operator, site: site.id }
    for await (const page of walkPages(storage, scope, orders, 'createdAt')) {
      for (const { id } of page) {
        const facts = await gatherOrderFacts(storage, known, site, id)
        if (facts === null) continue
        await examination.look(checks.order, facts, async () => {
          await known.jobs.refresh()
          return gatherOrderFacts(storage, known, site, id)
        })
      }
    }
  }
}
