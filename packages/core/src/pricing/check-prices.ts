import { type InputIssue, issueUnless } from '../errors/index.ts'
import { MAXIMUM_PRICE } from '../money/index.ts'
import type { Price } from './price-list.ts'

/** What is wrong with the prices of a variant, where these price lists are there. */
export function checkPrices(
  prices: readonly Price[],
  lists: { has(priceList: string): boolean },
  path: string,
): readonly InputIssue[] {
  const tiers = new Set<string>()
  return prices.flatMap(({ priceList, amount, minimumQuantity, compareAt = null }, index) => {
    const at = `${path}.${index}`
    const tier = `${priceList} ${minimumQuantity}`
    const isRepeated = tiers.has(tier)
    tiers.add(tier)
    return [
      ...issueUnless(lists.has(priceList), `${at}.priceList`, 'names no price list that this shop has'),
      ...issueUnless(
        Number.isSafeInteger(amount) && amount >= 0 && amount <= MAXIMUM_PRICE,
        `${at}.amount`,
        `must be whole minor units, 0 to ${MAXIMUM_PRICE}`,
      ),
      ...issueUnless(
        Number.isSafeInteger(minimumQuantity) && minimumQuantity >= 1,
        `${at}.minimumQuantity`,
        'must be 1 or more',
      ),
      ...issueUnless(
        compareAt === null || (Number.isSafeInteger(compareAt) && compareAt > amount),
        `${at}.compareAt`,
        'must be more than the amount, or null',
      ),
      ...issueUnless(!isRepeated, at, 'is a second price for this list and quantity'),
    ]
  })
}
