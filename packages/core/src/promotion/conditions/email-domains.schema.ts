import { issueUnless } from '../../errors/index.ts'
import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { emailDomainsCondition } from './email-domains.ts'

type Condition = Extract<PromotionCondition, { type: 'email_domains' }>

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/

/** What staff write for `email_domains`. */
export const emailDomainsKind = conditionKind<Condition>({
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
