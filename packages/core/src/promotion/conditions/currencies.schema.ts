import { issueUnless } from '../../errors/index.ts'
import { list, tag, text } from '../../json/field.schema.ts'
import { isCurrency } from '../../money/index.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { currenciesCondition } from './currencies.ts'

type Condition = Extract<PromotionCondition, { type: 'currencies' }>

/** What staff write for `currencies`. */
export const currenciesKind = conditionKind<Condition>({
  rule: currenciesCondition,
  arm: (object) => object<Condition>()({ type: tag('currencies'), currencies: list(text(3, 3), 200, 1) }),
  check: ({ currencies }) =>
    currencies.flatMap((code, place) =>
      issueUnless(isCurrency(code), `currencies.${place}`, 'must be a currency of ISO 4217'),
    ),
})
