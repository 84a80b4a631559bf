import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/**
 * The shopper's e-mail address is of one of the domains, or of one below it: `example.edu` stands for `cs.example.edu` too,
 * and not for `anexample.edu`. Somebody not signed in may have such an address, and checkout decides.
 */
export const emailDomainsCondition: CartConditionRule<Extract<PromotionCondition, { type: 'email_domains' }>> = {
  type: 'email_domains',
  scope: 'cart',
  check({ domains }, _selected, { shopper: { customerId, emailDomain } }) {
    if (emailDomain === undefined) return { type: customerId === null ? 'unknown' : 'undecided' }
    const isListed =
      emailDomain !== null && domains.some((domain) => emailDomain === domain || emailDomain.endsWith(`.${domain}`))
    return isListed ? { type: 'holds' } : { type: 'fails', reason: 'not_for_you' }
  },
}
