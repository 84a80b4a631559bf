import { isWithin, type Window } from '../time/index.ts'
import type { PricedCode, PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import type { CodeRefusal } from './quote.ts'

/**
 * Why a promotion does not apply now, whatever is in the cart, or null; with the code by which it was asked for, if it
 * was. The first reason in this order: it is not valid here, its time has not come, its time is over, it is used up, the
 * shopper has used it. Of a code that was assigned to somebody else nothing is told but that.
 */
export function refusePromotion(
  promotion: PricedPromotion | null,
  code: PricedCode | null,
  { site, now }: Pick<PricingInputs, 'site' | 'now'>,
): CodeRefusal | null {
  if (promotion === null || !runsOn(promotion, site.id)) return 'not_valid'
  if (code !== null && !isValidOn(code, site.id)) return 'not_valid'
  if (code?.isTheirs === 'no') return 'not_for_you'
  const early = isEarly(promotion, now) || (code !== null && isEarly(code, now))
  if (early) return 'not_yet_valid'
  if (!isWithin(promotion, now) || (code !== null && !isWithin(code, now))) return 'expired'
  if (isUsedUp(promotion.usesLeft) || isUsedUp(promotion.moneyLeft) || isUsedUp(code?.usesLeft)) return 'used_up'
  if (isUsedUp(promotion.customerUsesLeft) || isUsedUp(code?.customerUsesLeft)) return 'used_by_you'
  return null
}

function runsOn(promotion: PricedPromotion, siteId: string): boolean {
  return promotion.status === 'active' && (promotion.sites === null || promotion.sites.includes(siteId))
}

function isValidOn(code: PricedCode, siteId: string): boolean {
  return code.status === 'active' && (code.site === '*' || code.site === siteId)
}

function isEarly({ from }: Window, now: string): boolean {
  return now < (from ?? now)
}

/** What has no limit, or of which it is not known how much is left, is not used up. */
function isUsedUp(left: number | null | 'unknown' | undefined): boolean {
  return typeof left === 'number' && left <= 0
}
