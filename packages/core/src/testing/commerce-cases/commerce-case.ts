import type { CartWithQuote } from '../../cart/index.ts'
import type { CommerceClient } from '../../contract/index.ts'
import { type BursarError, ERRORS, type ErrorCode, isBursarError } from '../../errors/index.ts'
import type { CommerceFixtures, ContractCustomer } from '../commerce-subject.ts'
import { expectSame, expectThat } from '../expectations.ts'

/** What a case works with: clients whose every answer is checked, and what there is to buy. */
export interface CommerceBench {
  /** What there is to buy. */
  readonly fixtures: CommerceFixtures
  /** Somebody without an account. */
  shopper(cartToken?: string): CommerceClient
  /** One of two customers. */
  customer(which: ContractCustomer, cartToken?: string): CommerceClient
}

/** One guarantee of the API. */
export interface CommerceCase {
  /** The guarantee, as a sentence; unique. */
  readonly name: string
  /** Checks it; rejects where it is broken. */
  run(bench: CommerceBench): Promise<void>
}

/** A key that nobody used. */
export const freshKey = (): string => crypto.randomUUID()

/** An id of the right form that nothing has. */
export const freshId = (prefix: string): string => `${prefix}_${crypto.randomUUID().replaceAll('-', '').slice(0, 26)}`

/** The error that a call is refused with; throws where it is not, or with another code. */
export async function expectRefused(call: Promise<unknown>, code: ErrorCode, what: string): Promise<BursarError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expectThat(error !== null, `${what}: expected ${code}, and it was done`)
  if (!isBursarError(error)) throw new Error(`${what}: expected ${code}`, { cause: error })
  expectSame(error.code, code, what)
  expectSame(error.status, ERRORS[code].status, `${what}: the status of ${code}`)
  expectThat(error.message !== '', `${what}: the error has a sentence`)
  return error
}

/** A cart of the first customer with one line, `a`, of the fixture's variant. */
export async function cartWithLine(
  { fixtures, customer }: CommerceBench,
  which: ContractCustomer = 'first',
): Promise<CartWithQuote> {
  const { carts } = customer(which)
  const { cart } = await carts.create({})
  return carts.addLine({ cartId: cart.id, lineId: 'a', variantId: fixtures.variantId })
}

/** How many of each line, by line id. */
export const quantities = ({ cart }: CartWithQuote): Record<string, number> =>
  Object.fromEntries(cart.lines.map(({ id, quantity }) => [id, quantity]))
