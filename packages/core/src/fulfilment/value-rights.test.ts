import { describe, expect, it } from 'vitest'
import { type BoughtRight, valueRights } from './value-rights.ts'

const audit: BoughtRight = { counter: 'audit', paid: 10, upgrade: null }
const verified = (n = 10, isHeld = true, paid = 40): BoughtRight => ({
  ...{ counter: 'verified', paid, upgrade: { from: 'audit', n, isHeld } },
})
const third = (n = 50, isHeld = true): BoughtRight => ({
  ...{ counter: 'third', paid: 50, upgrade: { from: 'verified', n, isHeld } },
})

type Row = [
  what: string,
  rights: readonly BoughtRight[],
  credited: Readonly<Record<string, number>>,
  expected: readonly (readonly [worth: number, credited: number])[],
]

function values(rights: readonly BoughtRight[], credited: Readonly<Record<string, number>>) {
  const { worthOf, creditedOf } = valueRights(rights, new Map(Object.entries(credited)))
  return rights.map(({ counter }) => [worthOf(counter), creditedOf(counter)])
}

describe('what rights are worth, and what of it is credited', () => {
  it.each<Row>([
    [
      'an upgrade carries what it credited',
      [audit, verified()],
      { audit: 10 },
      [
        [10, 10],
        [50, 0],
      ],
    ],
    [
      'so does one that was bought by it',
      [audit, verified(), third()],
      { audit: 10, verified: 50 },
      [
        [10, 10],
        [50, 50],
        [100, 0],
      ],
    ],
    [
      'and carries the money alone of a list price',
      [audit, verified(30)],
      { audit: 30 },
      [
        [10, 30],
        [50, 0],
      ],
    ],
    [
      'of which others have credited some',
      [audit, verified(25)],
      { audit: 30 },
      [
        [10, 30],
        [45, 0],
      ],
    ],
    [
      'what was refunded of it is carried no more',
      [{ ...audit, paid: 4 }, verified()],
      { audit: 10 },
      [
        [4, 10],
        [44, 0],
      ],
    ],
    [
      'one that ended carries nothing',
      [audit, verified(10, false, 0)],
      {},
      [
        [10, 0],
        [0, 0],
      ],
    ],
    [
      'but what was credited along with it',
      [audit, verified(10, false, 0), third()],
      { verified: 50 },
      [
        [10, 10],
        [10, 50],
        [60, 0],
      ],
    ],
    [
      'as far as it was',
      [audit, verified(10, false, 0), third(4)],
      { verified: 4 },
      [
        [10, 4],
        [4, 4],
        [54, 0],
      ],
    ],
    [
      'through all of a chain that ended',
      [audit, verified(10, false, 0), third(50, false)],
      { third: 100 },
      [
        [10, 10],
        [10, 50],
        [60, 100],
      ],
    ],
    ['what the platform gave carries nothing', [verified()], { audit: 10 }, [[40, 0]]],
  ])('%s', (_, rights, credited, expected) => {
    expect(values(rights, credited)).toEqual(expected)
  })
})
