import { id } from '../../ids/id.schema.ts'
import { list, tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { customersCondition } from './customers.ts'

type Condition = Extract<PromotionCondition, { type: 'customers' }>

/** What staff write for `customers`. */
export const customersKind = conditionKind<Condition>({
  rule: customersCondition,
  arm: (object) => object<Condition>()({ type: tag('customers'), customers: list(id, 1000, 1) }),
  names: ({ customers }) => customers.map((id, place) => ({ path: `customers.${place}`, record: 'customer', id })),
})
