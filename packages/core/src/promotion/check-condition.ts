import { products, variants } from '../catalog/index.ts'
import { customers } from '../customer/index.ts'
import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isCurrency } from '../money/index.ts'
import { sites } from '../site/index.ts'
import { byId, type NamedRecord } from '../storage/index.ts'
import { isDate } from '../time/index.ts'
import { checkAmounts, checkCount } from './check-amounts.ts'
import type { LocalDateRange, PromotionCondition } from './promotion.ts'

/** What is wrong with a condition at a path of the promotion, where products have these types. */
export function checkCondition(
  condition: PromotionCondition,
  path: string,
  types: ReadonlySet<string>,
): readonly InputIssue[] {
  const some = (list: readonly unknown[], name: string) =>
    issueUnless(list.length > 0, `${path}.${name}`, 'must name at least one')
  switch (condition.type) {
    case 'products':
      return some(condition.products, 'products')
    case 'variants':
      return some(condition.variants, 'variants')
    case 'customers':
      return some(condition.customers, 'customers')
    case 'customer_groups':
      return some(condition.groups, 'groups')
    case 'product_types':
      return [...some(condition.productTypes, 'productTypes'), ...checkTypes(condition.productTypes, path, types)]
    case 'minimum_subtotal':
      return checkAmounts(condition.amounts, `${path}.amounts`, 0)
    case 'minimum_quantity':
      return checkCount(condition.quantity, `${path}.quantity`)
    case 'first_order':
      return []
    case 'countries':
      return some(condition.countries, 'countries')
    case 'currencies':
      return [
        ...some(condition.currencies, 'currencies'),
        ...condition.currencies.flatMap((code, index) =>
          issueUnless(isCurrency(code), `${path}.currencies.${index}`, 'must be a currency of ISO 4217'),
        ),
      ]
    case 'weekdays':
      return [
        ...some(condition.days, 'days'),
        ...issueUnless(new Set(condition.days).size < 7, `${path}.days`, 'names every day: leave the condition out'),
      ]
    case 'collections':
      return some(condition.collections, 'collections')
    case 'local_dates':
      return [...some(condition.ranges, 'ranges'), ...checkDates(condition.ranges, `${path}.ranges`)]
    case 'local_hours':
      return issueUnless(condition.from !== condition.until, `${path}.until`, 'must be another time than `from`')
    case 'sites':
      return some(condition.sites, 'sites')
    case 'email_domains':
      return [...some(condition.domains, 'domains'), ...checkDomains(condition.domains, `${path}.domains`)]
    case 'owned_products':
      return some(condition.products, 'products')
    case 'any':
    case 'none':
      return [
        ...some(condition.conditions, 'conditions'),
        ...condition.conditions.flatMap((inner, index) => checkCondition(inner, `${path}.conditions.${index}`, types)),
      ]
    default:
      return issueUnless(condition satisfies never, `${path}.type`, 'is no condition that this shop knows')
  }
}

/** The records that a condition names: each must be there. */
export function namedInCondition(condition: PromotionCondition, path: string): NamedRecord[] {
  const at = `${path}.${condition.type}`
  switch (condition.type) {
    case 'products':
      return condition.products.map((id, index) => ({ path: `${at}.${index}`, ref: byId(products, id) }))
    case 'variants':
      return condition.variants.map((id, index) => ({ path: `${at}.${index}`, ref: byId(variants, id) }))
    case 'customers':
      return condition.customers.map((id, index) => ({ path: `${at}.${index}`, ref: byId(customers, id) }))
    case 'owned_products':
      return condition.products.map((id, index) => ({ path: `${path}.products.${index}`, ref: byId(products, id) }))
    case 'sites':
      return condition.sites.map((id, index) => ({ path: `${path}.sites.${index}`, ref: byId(sites, id) }))
    case 'any':
    case 'none':
      return condition.conditions.flatMap((inner, index) => namedInCondition(inner, `${path}.conditions.${index}`))
    default:
      return []
  }
}

function checkTypes(names: readonly string[], path: string, types: ReadonlySet<string>): readonly InputIssue[] {
  const known = [...types].join(', ')
  return names.flatMap((name, index) =>
    issueUnless(types.has(name), `${path}.productTypes.${index}`, `must be one of ${known}`),
  )
}

function checkDates(ranges: readonly LocalDateRange[], path: string): readonly InputIssue[] {
  return ranges.flatMap(({ first, last }, index) => [
    ...issueUnless(first === null || isDate(first), `${path}.${index}.first`, 'must be a day that the calendar has'),
    ...issueUnless(last === null || isDate(last), `${path}.${index}.last`, 'must be a day that the calendar has'),
    ...issueUnless(first === null || last === null || first <= last, `${path}.${index}.last`, 'is before `first`'),
    ...issueUnless(first !== null || last !== null, `${path}.${index}`, 'is every day: leave the condition out'),
  ])
}

function checkDomains(domains: readonly string[], path: string): readonly InputIssue[] {
  return domains.flatMap((domain, index) =>
    issueUnless(
      /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/.test(domain),
      `${path}.${index}`,
      'must be a domain in lower case such as example.edu, as ASCII (xn--…); the domains below it are meant too',
    ),
  )
}
