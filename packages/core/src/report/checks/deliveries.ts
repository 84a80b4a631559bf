import { type Check, openCase, type Problem } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I8: what is to be delivered or taken back has a job that does it; what is parked, or has no provider, waits for a person. */
export const deliveries: Check<OrderFacts> = {
  name: 'deliveries have a job',
  invariant: 'I8',
  find: ({ grants, jobs }) =>
    grants.flatMap(({ id, state, reason, delay }): Problem[] => {
      const unknown = delay?.reason === 'not_configured' ? [openCase(id, `waits: ${reason}`)] : []
      switch (state) {
        case 'queued':
          return jobs.has('grant.deliver', id)
            ? unknown
            : [{ record: id, message: 'is queued, and no job delivers it' }]
        case 'withdrawing':
          return jobs.has('grant.withdraw', id)
            ? unknown
            : [{ record: id, message: 'is to be withdrawn, and no job does it' }]
        case 'parked':
          return [openCase(id, `could not be delivered: ${reason ?? 'nobody said why'}`)]
        case 'withdraw_parked':
          return [openCase(id, `could not be withdrawn: ${reason ?? 'nobody said why'}`)]
        default:
          return []
      }
    }),
}
