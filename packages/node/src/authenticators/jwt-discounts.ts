import type { DiscountAnswer, DiscountVerifier } from '@bursar/core'
import { DISCOUNT_TYPE, discountOf } from './discount-claims.ts'
import { faultOf, issuerOf, TOLERANCE } from './jwt-errors.ts'
import type { JwtKeys } from './jwt-options.ts'
import { jwtVerifier } from './jwt-verifier.ts'

/** Whose tokens a `jwtDiscounts` takes. */
export type JwtDiscountsOptions = JwtKeys & {
  /** The `iss` that a token must have. */
  issuer: string
  /** Operator at whose sites this issuer may promise discounts; needed where one process serves several. @default every operator's */
  operator?: string | undefined
  /** Milliseconds since 1970, for how long fetched keys count. @default the system's clock */
  now?: (() => number) | undefined
}

/**
 * Takes the JSON Web Tokens by which the host's server promises discounts. A token has the type `bursar-discount+jwt` in its
 * header, `iss`, the site's id in `aud`, `exp`, and `bursar_discount`: the promotion, and `percent` or `amount`; with `sub` it
 * is one customer's, with `jti` it is used once. Signature, issuer, site and expiry must be right, and the algorithm one that
 * fits the key. A token of another issuer is left to the next.
 *
 * @example
 * ```ts
 * jwtDiscounts({ issuer: 'https://campus.example.org', secret: process.env.DISCOUNT_SECRET ?? '' })
 * ```
 * @throws TypeError for a secret that is too short
 * @see https://www.rfc-editor.org/rfc/rfc8725 (best current practice for JWT; 3.11 for the type)
 */
export function jwtDiscounts(options: JwtDiscountsOptions): DiscountVerifier {
  const { issuer, operator } = options
  const verifyToken = jwtVerifier(options, options.now ?? Date.now)
  return {
    name: 'jwt',
    verify: async ({ token, site, now }) => {
      if (operator !== undefined && operator !== site.operator) return { outcome: 'none' }
      if (issuerOf(token) !== issuer) return { outcome: 'none' }
      try {
        const { payload } = await verifyToken(token, {
          ...{ issuer, audience: site.site, typ: DISCOUNT_TYPE },
          requiredClaims: ['exp'],
          clockTolerance: TOLERANCE,
          currentDate: new Date(now),
        })
        const discount = discountOf(payload, issuer)
        return typeof discount === 'string' ? wrong(discount) : { outcome: 'valid', discount }
      } catch (error) {
        const fault = faultOf(error)
        return fault === null ? { outcome: 'unavailable', reason: String(error) } : wrong(fault)
      }
    },
  }
}

const wrong = (reason: string): DiscountAnswer => ({ outcome: 'wrong', reason })
