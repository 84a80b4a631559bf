import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BoughtRight, valueRights } from './value-rights.ts'

const amount = fc.integer({ min: 0, max: 100 })
/** What is bought at a price, by which rule from which of what was bought before, or which of it ends with its money back. */
const steps = fc.array(
  fc.oneof(
    fc.record({ price: amount, from: fc.nat(8), beyond: fc.oneof(fc.constant(0), amount) }),
    fc.record({ ended: fc.nat(8) }),
  ),
  { maxLength: 14 },
)

/** Orders of one customer, one after the other: the rights of each, and the money it left to be credited. */
class Shop {
  rights: BoughtRight[] = []
  readonly ended = new Set<string>()

  values() {
    const held = new Map<string, number>()
    for (const { upgrade } of this.rights)
      if (upgrade?.isHeld === true) held.set(upgrade.from, (held.get(upgrade.from) ?? 0) + upgrade.n)
    return valueRights(this.rights, held)
  }

  leftOf(counter: string): number {
    const { worthOf, creditedOf } = this.values()
    return this.ended.has(counter) ? 0 : worthOf(counter) - creditedOf(counter)
  }

  /** @param beyond by how much the list price exceeds the money, minor units: 0 for `money_paid`. */
  buy(price: number, from: string, beyond: number): void {
    const n = this.ended.has(from) ? 0 : Math.min(price, Math.max(0, this.leftOf(from) + beyond))
    const upgrade = n === 0 || this.rights.length === 0 ? null : { from, n, isHeld: true }
    this.rights.push({ counter: `${this.rights.length}`, paid: price - (upgrade?.n ?? 0), upgrade })
  }

  end(counter: string): void {
    this.ended.add(counter)
    this.rights = this.rights.map((right) =>
      right.counter === counter
        ? { ...right, paid: 0, upgrade: right.upgrade && { ...right.upgrade, isHeld: false } }
        : right,
    )
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)

describe('over any orders of which some end with their money back', () => {
  it('what is left to be credited is never more than the money that is kept', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const shop = new Shop()
        for (const step of all) {
          const count = Math.max(1, shop.rights.length)
          if ('ended' in step) shop.end(`${step.ended % count}`)
          else shop.buy(step.price, `${step.from % count}`, step.beyond)
          const left = shop.rights.map(({ counter }) => Math.max(0, shop.leftOf(counter)))
          expect(sum(left)).toBeLessThanOrEqual(sum(shop.rights.map(({ paid }) => paid)))
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('and by the money that was paid it is all of it, while none ends after it was credited', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const shop = new Shop()
        for (const step of all) {
          const count = Math.max(1, shop.rights.length)
          const last = `${shop.rights.length - 1}`
          if ('ended' in step) shop.end(last)
          else shop.buy(step.price, `${step.from % count}`, 0)
          const left = shop.rights.map(({ counter }) => shop.leftOf(counter))
          expect(Math.min(0, ...left)).toBe(0)
          expect(sum(left)).toBe(sum(shop.rights.map(({ paid }) => paid)))
        }
      }),
    )
  })
})
