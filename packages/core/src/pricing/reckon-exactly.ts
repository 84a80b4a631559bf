import type { PricingInputs } from './pricing-inputs.ts'

/*
 * For tests: a second reckoning in exact fractions, straight from the words of docs/pricing.md, that runs nothing of the
 * engine. It knows price lists, quantity tiers, bundles at their own price, one percent off everything, taxes in each
 * rounding, exemption and the same net across borders.
 */

/** What a cart costs, minor units. */
export interface ExactReckoning {
  /** By line, then by part in the order of their ids; none for a line without a price. */
  lines: readonly {
    base: number
    discount: number
    net: number
    tax: number
    total: number
    parts: readonly number[]
  }[]
  /** Sum of each tax over the cart, by rate id and name. */
  taxes: { readonly [tax: string]: number }
}

/** A fraction; the second is greater than zero. */
type Fraction = readonly [bigint, bigint]

const add = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d]
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d]
const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d, b * c]
const whole = (value: number | bigint): Fraction => [BigInt(value), 1n]
/** Percent as a share: '8.875' is 8875 / 100000. */
function percent(text: string): Fraction {
  const [units = '', decimals = ''] = text.split('.')
  return [BigInt(units + decimals), 100n * 10n ** BigInt(decimals.length)]
}

function rounded([a, b]: Fraction, mode: string): bigint {
  const floor = a / b
  const twice = 2n * (a % b)
  if (mode === 'down' || twice < b) return floor
  if (twice > b || mode === 'half_up') return floor + 1n
  return floor + (floor % 2n)
}

/** Largest remainder, ties to the earlier. */
function split(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, one) => all + one, 0n)
  const used = sum === 0n ? weights.map(() => 1n) : weights
  const all = sum === 0n ? BigInt(weights.length) : sum
  const shares = used.map((weight) => (total * weight) / all)
  let rest = total - shares.reduce((taken, one) => taken + one, 0n)
  const order = used.map((weight, place) => ({ place, left: (total * weight) % all }))
  for (const { place } of order.sort((x, y) => (x.left === y.left ? x.place - y.place : x.left > y.left ? -1 : 1))) {
    if (rest === 0n) break
    shares[place] = (shares[place] ?? 0n) + 1n
    rest -= 1n
  }
  return shares
}

interface Tax {
  readonly name: string
  readonly share: Fraction
}

interface Piece {
  readonly line: number
  readonly id: string
  readonly quantity: number
  readonly taxes: readonly Tax[]
  base: bigint
  left: bigint
  due: bigint[]
}

/** What a cart costs. */
export function reckonExactly(inputs: PricingInputs): ExactReckoning {
  const { rounding: mode, priceBasis, taxRounding: by = 'line' } = inputs.site
  const isInclusive = priceBasis === 'inclusive'
  const [off] = inputs.promotions
  const pieces: Piece[] = []
  for (const [index, { variantId, quantity }] of inputs.lines.entries()) {
    const price = priceOf(inputs, variantId, quantity)
    if (price === null) continue
    const own = piecesOf(inputs, { index, variantId, quantity, price }, { mode, isInclusive })
    const sum = own.reduce((all, { base }) => all + base, 0n)
    const taken =
      off?.benefit.type === 'percent' ? rounded(times(whole(sum), percent(String(off.benefit.percent))), mode) : 0n
    const shares = split(
      taken,
      own.map(({ base }) => base),
    )
    for (const [place, piece] of own.entries()) piece.left = piece.base - (shares[place] ?? 0n)
    pieces.push(...own)
  }
  taxAll(pieces, { by, mode, isInclusive })
  const taxes: { [tax: string]: number } = {}
  for (const { taxes: due, due: amountsDue } of pieces) {
    for (const [place, { name }] of due.entries()) {
      taxes[name] = (taxes[name] ?? 0) + Number(amountsDue[place] ?? 0n)
    }
  }
  const lines = inputs.lines.map((_, index) => {
    const own = pieces.filter(({ line }) => line === index)
    return { ...amounts(own, isInclusive), parts: own.map((piece) => amounts([piece], isInclusive).total) }
  })
  return { lines, taxes }
}

/** The first list by priority, then id, that is for this cart and has a price for the quantity; its highest tier. */
function priceOf(
  { now, currency, place, shopper, ...inputs }: PricingInputs,
  variantId: string,
  quantity: number,
): number | null {
  const lists = inputs.priceLists.filter(
    (list) =>
      list.currency === currency &&
      list.status === 'active' &&
      (list.countries?.includes(place.country) ?? true) &&
      (list.groups?.some((group) => shopper.groups.includes(group)) ?? true) &&
      (list.from === null || list.from <= now) &&
      (list.until === null || now < list.until),
  )
  for (const { id } of lists.sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))) {
    const [tier] = (inputs.variants[variantId]?.prices ?? [])
      .filter(({ priceList, minimumQuantity }) => priceList === id && minimumQuantity <= quantity)
      .sort((a, b) => b.minimumQuantity - a.minimumQuantity || a.amount - b.amount)
    if (tier !== undefined) return tier.amount
  }
  return null
}

function piecesOf(
  inputs: PricingInputs,
  line: { index: number; variantId: string; quantity: number; price: number },
  how: { mode: string; isInclusive: boolean },
): Piece[] {
  const bundle = inputs.variants[line.variantId]?.bundle
  const parts = bundle
    ? [...bundle.parts].sort((a, b) => (a.id < b.id ? -1 : 1))
    : [{ id: 'all', variantId: line.variantId }]
  const weights = parts.map(({ variantId }) => BigInt(priceOf(inputs, variantId, line.quantity) ?? 0))
  const units = bundle ? split(BigInt(line.price), weights) : [BigInt(line.price)]
  return parts.map(({ id, variantId }, place) => {
    const category = inputs.variants[variantId]?.taxCategory ?? ''
    const taxes = taxesOf(inputs, category, inputs.place, true)
    const isMoved = how.isInclusive && inputs.site.foreignPrices === 'same_net'
    const home = taxesOf(inputs, category, { country: inputs.site.country ?? '' }, false)
    const unit = units[place] ?? 0n
    const moved = isMoved ? rounded(times(over(whole(unit), withTax(home)), withTax(taxes)), how.mode) : unit
    const base = moved * BigInt(line.quantity)
    return { line: line.index, id, quantity: line.quantity, taxes, base, left: base, due: [] }
  })
}

/** One and all shares. */
const withTax = (taxes: readonly Tax[]): Fraction => taxes.reduce((sum, { share }) => add(sum, share), whole(1))

/** First the region's rate for the category, then the region's for all, then the country's in the same way. */
function taxesOf(
  { taxRates, taxExemption }: PricingInputs,
  category: string,
  place: { country: string; region?: string | undefined },
  mayBeExempt: boolean,
): Tax[] {
  const find = (region: string | undefined, wanted: string) =>
    taxRates.find(
      (rate) => rate.country === place.country && (rate.region ?? undefined) === region && rate.category === wanted,
    )
  const ofRegion = place.region === undefined ? undefined : (find(place.region, category) ?? find(place.region, '*'))
  const rate = ofRegion ?? find(undefined, category) ?? find(undefined, '*')
  if (rate === undefined) return []
  const taxes: Tax[] = []
  for (const one of [rate, ...(rate.more ?? [])]) {
    const jurisdiction = rate.region && one.level !== 'country' ? `${rate.country}-${rate.region}` : rate.country
    if (mayBeExempt && taxExemption && (taxExemption.jurisdictions?.includes(jurisdiction) ?? true)) continue
    const isCompound = 'on' in one && one.on === 'net_and_taxes'
    const share = isCompound ? times(percent(one.rate), withTax(taxes)) : percent(one.rate)
    taxes.push({ name: `${rate.id} ${one.name}`, share })
  }
  return taxes
}

/** On top each tax by itself; contained ones by the running sum. */
function taxOf(amount: bigint, taxes: readonly Tax[], how: { mode: string; isInclusive: boolean }): bigint[] {
  if (!how.isInclusive) return taxes.map(({ share }) => rounded(times(whole(amount), share), how.mode))
  let [before, sum] = [0n, whole(0)]
  return taxes.map(({ share }) => {
    sum = add(sum, share)
    const upTo = rounded(times(whole(amount), over(sum, withTax(taxes))), how.mode)
    const tax = upTo - before
    before = upTo
    return tax
  })
}

function taxAll(pieces: readonly Piece[], how: { by: string; mode: string; isInclusive: boolean }): void {
  if (how.by === 'unit') {
    for (const piece of pieces) {
      const units = split(
        piece.left,
        Array.from({ length: piece.quantity }, () => 1n),
      )
      const each = units.map((unit) => taxOf(unit, piece.taxes, how))
      piece.due = piece.taxes.map((_, place) => each.reduce((sum, taxes) => sum + (taxes[place] ?? 0n), 0n))
    }
    return
  }
  const keyOf = (piece: Piece) => `${how.by === 'line' ? piece.line : ''}|${piece.taxes.map(({ name }) => name)}`
  for (const key of new Set(pieces.map(keyOf))) {
    const group = pieces.filter((piece) => keyOf(piece) === key)
    const taxes = group[0]?.taxes ?? []
    let left = taxOf(
      group.reduce((sum, piece) => sum + piece.left, 0n),
      taxes,
      how,
    )
    const shares = split(
      left.reduce((sum, one) => sum + one, 0n),
      group.map((piece) => piece.left),
    )
    for (const [place, piece] of group.entries()) {
      piece.due = split(shares[place] ?? 0n, left)
      left = left.map((amount, one) => amount - (piece.due[one] ?? 0n))
    }
  }
}

function amounts(pieces: readonly Piece[], isInclusive: boolean) {
  const sum = (of: (piece: Piece) => bigint) => Number(pieces.reduce((all, piece) => all + of(piece), 0n))
  const [base, left, tax] = [
    sum((piece) => piece.base),
    sum((piece) => piece.left),
    sum((piece) => piece.due.reduce((all, one) => all + one, 0n)),
  ]
  return {
    base,
    discount: base - left,
    net: isInclusive ? left - tax : left,
    tax,
    total: isInclusive ? left : left + tax,
  }
}
