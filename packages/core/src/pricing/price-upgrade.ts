import type { Upgrade } from '../catalog/index.ts'
import { choosePrice } from './choose-price.ts'
import { creditedBefore, isForShopper, ownershipOf, paidFor } from './owned-facts.ts'
import type { PlacePrices } from './price-at-place.ts'
import type { PriceList } from './price-list.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import type { Adjustment } from './quote.ts'

/** What an upgrade takes off a unit's price. */
export interface UpgradeCredit {
  /** 0 to the price, minor units. */
  readonly credit: number
  /** The step, or null where the shopper owns nothing that is upgraded. */
  readonly step: Adjustment | null
  /** The variant that is credited: no other line credits it once more. Empty where nothing is taken off. */
  readonly credited: readonly string[]
  /** Could it not be learnt what the shopper owns, or, in inputs of before, what they paid? */
  readonly isUnsure: boolean
}

/**
 * What the owner of a lesser variant is credited when they buy this one for themselves: by the variant's rule the money
 * paid for it, its list price then, or its list price now at the place of sale; of several the greatest, ties to the smaller id. Never more
 * than the price. What another line of the cart credits already is not credited again, nor what orders before credited.
 */
export function upgradeCredit(
  line: PricedLine,
  variant: PricedVariant,
  source: {
    price: number
    inputs: PricingInputs
    lists: readonly PriceList[]
    there: PlacePrices
    credited: ReadonlySet<string>
  },
): UpgradeCredit {
  const { upgrade } = variant
  if (upgrade === undefined || !isForShopper(line)) return { credit: 0, step: null, credited: [], isUnsure: false }
  const { shopper, variants } = source.inputs
  const facts = [...upgrade.from].sort().map((id) => ({ id, fact: ownershipOf(shopper, id) }))
  const owned = facts.filter(({ fact }) => fact === 'yes')
  const credits = owned
    .filter(({ id }) => !source.credited.has(id))
    .map(({ id }) => ({ id, amount: leftOf(id, creditFor(id, upgrade.credit)) }))
  const isUnsure = facts.some(({ fact }) => fact === 'unknown') || credits.some(({ amount }) => amount === null)
  const best = credits.reduce<{ id: string; amount: number } | null>((most, { id, amount }) => {
    return most !== null && (amount ?? 0) <= most.amount ? most : { id, amount: amount ?? 0 }
  }, null)
  const from = best?.id ?? owned[0]?.id
  if (from === undefined) return { credit: 0, step: null, credited: [], isUnsure }
  const credit = Math.min(source.price, best?.amount ?? 0)
  return {
    credit,
    credited: credit > 0 ? [from] : [],
    isUnsure,
    step: {
      step: 'upgrade',
      amount: 0 - credit,
      cause: { type: 'upgrade', from, credit: upgrade.credit },
      reason: `${reasonOf()} (${variants[from]?.name ?? from})`,
    },
  }

  function leftOf(id: string, amount: number | null): number | null {
    return amount === null ? null : Math.max(0, amount - creditedBefore(shopper, id))
  }

  function reasonOf(): string {
    if (best === null) return ELSEWHERE
    if (creditedBefore(shopper, best.id) === 0) return REASONS[upgrade?.credit ?? 'money_paid']
    return best.amount === 0 ? BEFORE : `${REASONS[upgrade?.credit ?? 'money_paid']}, less what another order credited`
  }

  function creditFor(id: string, rule: Upgrade['credit']): number | null {
    switch (rule) {
      case 'money_paid':
        return paidFor(shopper, id)?.amount ?? null
      case 'list_price_then':
        return paidFor(shopper, id)?.listPrice ?? null
      case 'list_price_now':
        return listPriceNow(variants[id])
    }
  }

  function listPriceNow(from: PricedVariant | undefined): number {
    const price = from === undefined ? null : choosePrice(source.lists, from.prices, 1)
    return from === undefined || price === null ? 0 : source.there.unitOf(price.amount, from)
  }
}

const ELSEWHERE = 'Upgrade: another line has the credit'
const BEFORE = 'Upgrade: another order has the credit'

const REASONS = {
  money_paid: 'Upgrade: credit for what you paid',
  list_price_then: 'Upgrade: credit for the list price of then',
  list_price_now: 'Upgrade: credit for the list price of now',
} as const
