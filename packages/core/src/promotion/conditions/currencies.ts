import { issueUnless } from '../../errors/index.ts'
import { list, tag, text } from '../../json/field.schema.ts'
import { isCurrency } from '../../money/index.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'currencies' }>

/** The cart is in one of the currencies. */
const currenciesCondition: CartConditionRule<Condition> = {
  type: 'currencies',
  scope: 'cart',
  isPublic: true,
  check: ({ currencies }, _selected, { currency }) =>
    currencies.includes(currency) ? { type: 'holds' } : { type: 'fails', reason: 'not_here' },
}

/** What staff write for `currencies`. */
export const currenciesKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: currenciesCondition,
  arm: (object) => object<Condition>()({ type: tag('currencies'), currencies: list(text(3, 3), 200, 1) }),
  check: ({ currencies }) =>
    currencies.flatMap((code, place) =>
      issueUnless(isCurrency(code), `currencies.${place}`, 'must be a currency of ISO 4217'),
    ),
  allows: ({ currencies }) => ({ of: 'currency', values: currencies, isExact: true }),
})
