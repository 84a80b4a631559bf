/**
 * The amount itself, proven exact. A sum or product of safe integers that leaves their range is never a safe integer,
 * so what passes here was reckoned exactly.
 *
 * @throws RangeError when it is no safe integer.
 */
export function exactAmount(amount: number): number {
  if (Number.isSafeInteger(amount)) return amount
  throw new RangeError(`An amount is a whole number of minor units within ±(2^53 − 1), not ${amount}.`)
}
