import { formatMoney } from '@bursar/core'
import type { AdminClient, CartToPreview, NewPromotionInput, PreviewedCart } from '@bursar/core/admin-client'
import { parse } from 'yaml'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { loadConfig } from './load-config.ts'
import { notThere } from './not-there.ts'
import { textOf } from './text-of.ts'

/** Carts in one call of the API. */
const CARTS_AT_ONCE = 50

/** `bursar promotions preview PROMOTION`: what a promotion would give away, on carts or on orders of the past. */
export const promotionsCommand: Command = {
  name: 'promotions',
  summary: 'Says what a promotion would give away, before it is live: on carts, or on orders of the past.',
  operands: 'preview PROMOTION [CART …]',
  options: {
    ...CONFIG_OPTION,
    ...SITE_OPTION,
    carts: { type: 'string', value: 'FILE', help: 'Carts as data: a YAML or JSON list of what the API takes.' },
    from: { type: 'string', value: 'INSTANT', help: 'Orders begun from then on …' },
    until: { type: 'string', value: 'INSTANT', help: '… and before then.' },
    json: { type: 'boolean', help: 'Writes what it found as JSON.' },
  },
  run: async (input, terminal) => {
    const [action, promotion, ...cartIds] = input.positionals
    if (action !== 'preview' || promotion === undefined) {
      throw new UsageError('say `preview` and a PROMOTION: its id, or a YAML or JSON file.')
    }
    const [from, until] = [input.text('from'), input.text('until')]
    const asksOrders = from !== undefined && until !== undefined
    const asksCarts = cartIds.length > 0 || input.text('carts') !== undefined
    if (asksOrders === asksCarts || (from === undefined) !== (until === undefined)) {
      throw new UsageError('name CARTs (or --carts FILE), or a time of orders by --from and --until.')
    }
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const commerce = commerceOfConfig(config)
    try {
      await commerce.migrate()
      const site = siteOf(input, config)
      const { admin } = await clientOfSite(commerce, site)
      const tried = await promotionOf({ admin, site, cwd: terminal.cwd }, promotion)
      const rows = asksOrders
        ? await ofOrders(admin, { promotion: tried, from, until })
        : await ofCarts(admin, tried, await cartsOf(cartIds, input, terminal.cwd))
      terminal.write(input.has('json') ? `${JSON.stringify(rows, null, 2)}\n` : table(rows))
      return 0
    } finally {
      await commerce.close()
    }
  },
}

/** One cart or order, amounts in minor units. */
interface Row {
  readonly name: string
  readonly currency: string
  /** What is paid, or of an order what is taken off. */
  readonly before: number
  readonly after: number
  readonly given: number
}

/** What is told. */
interface Preview {
  readonly of: 'carts' | 'orders'
  readonly rows: readonly Row[]
  readonly sums: readonly { readonly currency: string; readonly given: number }[]
  /** Orders that an older engine priced, or that do not say of their shopper what the promotion asks. */
  readonly skipped: number
}

/** A file where there is a dot in its name: ids have none. */
async function promotionOf(
  { admin, site, cwd }: { admin: AdminClient; site: string; cwd: string },
  named: string,
): Promise<NewPromotionInput> {
  if (!named.includes('.')) {
    return (await admin.promotions.get({ id: named }).catch(notThere(`promotion ${named}`, site))).record
  }
  // The API checks it, and names what is wrong.
  return (await dataOf(named, cwd)) as NewPromotionInput
}

async function cartsOf(ids: readonly string[], input: CommandInput, cwd: string): Promise<readonly CartToPreview[]> {
  const file = input.text('carts')
  const given = file === undefined ? [] : await dataOf(file, cwd)
  if (!Array.isArray(given)) throw new Error(`${file}: must be a list of carts.`)
  const carts = [...ids.map((cartId) => ({ type: 'cart' as const, cartId })), ...(given as CartToPreview[])] // the API checks them
  if (carts.length === 0) throw new Error(`${file}: holds no cart.`)
  return carts
}

async function dataOf(file: string, cwd: string): Promise<unknown> {
  const text = await textOf(file, cwd)
  try {
    return parse(text)
  } catch (cause) {
    throw new Error(`${file}: is neither YAML nor JSON: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

async function ofCarts(
  admin: AdminClient,
  promotion: NewPromotionInput,
  carts: readonly CartToPreview[],
): Promise<Preview> {
  const found: PreviewedCart[] = []
  for (let first = 0; first < carts.length; first += CARTS_AT_ONCE) {
    const some = carts.slice(first, first + CARTS_AT_ONCE)
    found.push(...(await admin.promotions.previewCarts({ promotion, carts: some })).items)
  }
  const rows = found.map(({ cartId, currency, total, totalWith, given }, place) => {
    return { name: cartId ?? `cart ${place + 1}`, currency, before: total, after: totalWith, given }
  })
  return { of: 'carts', rows, sums: sumsOf(rows), skipped: 0 }
}

async function ofOrders(
  admin: AdminClient,
  asked: { promotion: NewPromotionInput; from: string; until: string },
): Promise<Preview> {
  const rows: Row[] = []
  let skipped = 0
  let cursor: string | undefined
  do {
    const page = await admin.promotions.preview({ ...asked, cursor, limit: 100 })
    for (const { number, currency, discount, discountWith, given } of page.items) {
      rows.push({ name: number, currency, before: discount, after: discountWith, given })
    }
    skipped += page.skipped
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return { of: 'orders', rows, sums: sumsOf(rows), skipped }
}

function sumsOf(rows: readonly Row[]): Preview['sums'] {
  const sums = new Map<string, number>()
  for (const { currency, given } of rows) sums.set(currency, (sums.get(currency) ?? 0) + given)
  return [...sums].map(([currency, given]) => ({ currency, given })).sort((a, b) => (a.currency < b.currency ? -1 : 1))
}

function table({ of, rows, sums, skipped }: Preview): string {
  const show = (amount: number, currency: string) => formatMoney({ amount, currency }, 'en')
  const heads = of === 'carts' ? ['Cart', 'To pay', 'With it', 'Given'] : ['Order', 'Discount', 'With it', 'Given']
  const cells = rows.map(({ name, currency, before, after, given }) => [
    name,
    ...[before, after, given].map((amount) => show(amount, currency)),
  ])
  const widths = heads.map((head, place) => Math.max(head.length, ...cells.map((row) => (row[place] ?? '').length)))
  const line = (row: readonly string[]) =>
    row.map((cell, place) => (place === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[place] ?? 0))).join('  ')
  const ends = sums.map(({ currency, given }) => `Given away in all: ${show(given, currency)}`)
  const notes =
    skipped === 0
      ? []
      : [
          `${skipped} orders are left out: an older release priced them, or nobody asked then what this promotion asks of the shopper.`,
        ]
  const lines = rows.length === 0 ? [`It would give nothing to these ${of}.`] : [line(heads), ...cells.map(line)]
  return `${[...lines, ...ends, ...notes].map((one) => one.trimEnd()).join('\n')}\n`
}
