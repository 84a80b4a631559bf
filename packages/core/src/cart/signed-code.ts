import { hashOf } from '../ids/index.ts'
import type { SignedDiscount } from '../ports/index.ts'
import { type Code, type Promotion, type SignedTerms, wrongTerms } from '../promotion/index.ts'
import { isInstant } from '../time/index.ts'

/**
 * The code that a signed discount is, or what is wrong with it. The same discount is the same code, so that it is used once
 * however often its token is sent. It is bound to something: else whoever saw the token had it.
 */
export function signedCode(
  discount: SignedDiscount,
  { promotion, customer, site }: { promotion: Promotion | undefined; customer: string | null; site: string },
): { code: Code } | { wrong: string } {
  const { issuer, id, percent, amount, products, cart, until } = discount
  if (promotion === undefined) return { wrong: 'its promotion is not there' }
  if (id === null && discount.customer === null && cart === null)
    return { wrong: 'it is for nobody and used by anybody' }
  if (!isInstant(until)) return { wrong: 'its end is no instant' }
  const signed: SignedTerms = {
    ...(percent === undefined ? {} : { percent }),
    ...(amount === undefined ? {} : { amount }),
    ...(products === undefined ? {} : { products: [...products].sort() }),
  }
  const wrong = wrongTerms(promotion, signed)
  if (wrong !== null) return { wrong }
  const hash = hashOf(id === null ? [site, issuer, promotion.id, signed, customer, cart, until] : [site, issuer, id])
  return {
    code: {
      id: `cod_${hash.slice(0, 40)}`,
      code: `SIGNED${hash.slice(0, 40).toUpperCase()}`,
      ...{ site, promotionId: promotion.id, signed },
      ...{ uses: id === null ? null : 1, from: null, until, status: 'active' },
      ...(customer === null ? {} : { assignedTo: customer }),
    },
  }
}

/** Was the code made of this very discount? An issuer that gives two of them one id has the first. */
export function isSameDiscount(stored: Code, drafted: Code): boolean {
  const said = ({ promotionId, signed = null, until, assignedTo = null }: Code) =>
    hashOf({ promotionId, signed, until, assignedTo })
  return said(stored) === said(drafted)
}
