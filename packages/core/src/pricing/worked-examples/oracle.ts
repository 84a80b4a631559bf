import type { WorkedExample } from './worked-example.ts'

// A second reckoning, with fractions of big integers and nothing of the engine: percent off and one tax, line by line.

type Fraction = readonly [numerator: bigint, denominator: bigint]
type Rounding = 'half_up' | 'half_even' | 'down'

const CURRENCIES = { JPY: 0, EUR: 2, KWD: 3 }
const ROUNDINGS: readonly Rounding[] = ['half_up', 'half_even', 'down']
const CASES = [
  {
    percent: '12.5',
    rate: '19',
    lines: [
      [1, 4999],
      [3, 1234],
    ],
  },
  {
    percent: '33.333333',
    rate: '8.875',
    lines: [
      [7, 333],
      [1, 1],
    ],
  },
  {
    percent: '50',
    rate: '7',
    lines: [
      [1, 5],
      [5, 35],
    ],
  },
  {
    percent: '0.5',
    rate: '25',
    lines: [
      [1000, 99],
      [2, 100_000],
    ],
  },
] as const

/** An example for each currency, price basis and rounding with each of the cases. */
export const gridExamples = (): WorkedExample[] =>
  Object.keys(CURRENCIES).flatMap((currency) =>
    (['inclusive', 'exclusive'] as const).flatMap((priceBasis) =>
      ROUNDINGS.flatMap((rounding) => CASES.map((one) => exampleOf(one, { currency, priceBasis, rounding }))),
    ),
  )

interface Mode {
  readonly currency: string
  readonly priceBasis: 'inclusive' | 'exclusive'
  readonly rounding: Rounding
}

function exampleOf({ percent, rate, lines }: (typeof CASES)[number], mode: Mode): WorkedExample {
  const { currency, priceBasis, rounding } = mode
  const priced = lines.map(([quantity, price]) => reckon(BigInt(quantity * price), { percent, rate }, mode))
  const say = (amount: bigint) => sayAmount(amount, CURRENCIES[currency as keyof typeof CURRENCIES])
  const sum = (of: 'net' | 'tax' | 'discount') => say(priced.reduce((all, line) => all + line[of], 0n))
  const ids = ['a', 'b'].slice(0, lines.length)
  return {
    name: `${percent} % off and ${rate} % tax, ${priceBasis}, ${rounding}, ${currency}`,
    given: {
      currency,
      site: { priceBasis, rounding },
      catalog: Object.fromEntries(ids.map((id, n) => [`item-${id}`, { price: say(BigInt(lines[n]?.[1] ?? 0)) }])),
      cart: Object.fromEntries(ids.map((id, n) => [id, `${lines[n]?.[0]} × item-${id}`])),
      promotions: { off: { benefit: { type: 'percent', percent } } },
      taxes: { vat: { rate } },
    },
    expect: {
      ...{ discount: sum('discount'), net: sum('net'), tax: sum('tax') },
      total: say(priced.reduce((all, { net, tax }) => all + net + tax, 0n)),
      lines: Object.fromEntries(
        ids.map((id, n) => {
          const { discount = 0n, net = 0n, tax = 0n } = priced[n] ?? {}
          return [id, { discount: say(discount), net: say(net), tax: say(tax), total: say(net + tax) }]
        }),
      ),
    },
  }
}

function reckon(base: bigint, { percent, rate }: { percent: string; rate: string }, { priceBasis, rounding }: Mode) {
  const discount = round(times(fraction(percent), [base, 100n]), rounding)
  const left = base - discount
  const [r, d] = fraction(rate)
  const tax = round(priceBasis === 'exclusive' ? [left * r, d * 100n] : [left * r, d * 100n + r], rounding)
  return { discount, tax, net: priceBasis === 'exclusive' ? left : left - tax }
}

function fraction(decimal: string): Fraction {
  const [whole = '', digits = ''] = decimal.split('.')
  return [BigInt(whole + digits), 10n ** BigInt(digits.length)]
}

const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d]

function round([numerator, denominator]: Fraction, rounding: Rounding): bigint {
  const whole = numerator / denominator
  const twice = (numerator % denominator) * 2n
  if (rounding === 'down' || twice < denominator) return whole
  if (twice > denominator || rounding === 'half_up') return whole + 1n
  return whole + (whole % 2n)
}

function sayAmount(amount: bigint, decimals: number): string {
  const digits = String(amount).padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
