import { issueUnless } from '../../errors/index.ts'
import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'email_domains' }>

/**
 * The shopper's e-mail address is of one of the domains, or of one below it: `example.edu` stands for `cs.example.edu` too,
 * and not for `anexample.edu`. Somebody not signed in may have such an address, and checkout decides.
 */
const emailDomainsCondition: CartConditionRule<Condition> = {
  type: 'email_domains',
  scope: 'cart',
  check({ domains }, _selected, { shopper: { customerId, emailDomain } }) {
    if (emailDomain === undefined) return { type: customerId === null ? 'unknown' : 'undecided' }
    const isListed =
      emailDomain !== null && domains.some((domain) => emailDomain === domain || emailDomain.endsWith(`.${domain}`))
    return isListed ? { type: 'holds' } : { type: 'fails', reason: 'not_for_you' }
  },
}

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/

/** What staff write for `email_domains`. */
export const emailDomainsKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: emailDomainsCondition,
  arm: (object) => object<Condition>()({ type: tag('email_domains'), domains: list(text(1, 253), 1000, 1) }),
  check: ({ domains }) =>
    domains.flatMap((domain, place) =>
      issueUnless(
        DOMAIN.test(domain),
        `domains.${place}`,
        'must be a domain in lower case such as example.edu, as ASCII (xn--…); the domains below it are meant too',
      ),
    ),
})
