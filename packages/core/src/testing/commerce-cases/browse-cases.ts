import { expectSame, expectThat } from '../expectations.ts'
import { expectQuoteAddsUp } from './check-quote.ts'
import { type CommerceCase, expectRefused, freshId } from './commerce-case.ts'

/** What a page shows before there is a cart. */
export const browseCases: readonly CommerceCase[] = [
  {
    name: 'the site names its currencies and its ways to pay',
    async run({ shopper, fixtures }) {
      const site = await shopper().site.get()
      expectSame(site.currencies[0], fixtures.currencies.sold, 'the first currency')
      expectThat(site.paymentMethods.length > 0, 'there is a way to pay')
      expectSame(await shopper().site.get({}), site, 'the site, asked again')
    },
  },
  {
    name: 'products are listed page by page, each once',
    async run({ shopper, fixtures }) {
      const { products } = shopper()
      const whole = await products.list({ limit: 100 })
      expectThat(whole.items.length > 0, 'there are products')
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await products.list({ limit: 1, ...(cursor === undefined ? {} : { cursor }) })
        expectThat(page.items.length <= 1, 'a page of one holds one')
        found.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined && found.length < 5)
      expectSame(
        found,
        whole.items.slice(0, found.length).map(({ id }) => id),
        'five pages of one, and one page',
      )
      const priced = await products.list({ currency: fixtures.currencies.sold, limit: 100 })
      expectSame(priced, whole, 'prices in the first currency are the default')
    },
  },
  {
    name: 'a product is found by its id and by its slug',
    async run({ shopper }) {
      const { products } = shopper()
      const [listed] = (await products.list({ limit: 1 })).items
      if (listed === undefined) throw new Error('there are no products')
      expectSame(await products.get({ idOrSlug: listed.id }), listed, 'by id')
      expectSame(await products.get({ idOrSlug: listed.slug }), listed, 'by slug')
    },
  },
  {
    name: 'a product that is not there is not found',
    async run({ shopper }) {
      await expectRefused(shopper().products.get({ idOrSlug: freshId('prd') }), 'not_found', 'an unknown product')
    },
  },
  {
    name: 'a quote prices lines without a cart, and adds up',
    async run({ shopper, fixtures }) {
      const { quotes } = shopper()
      const lines = [{ variantId: fixtures.variantId }, { variantId: fixtures.variantId, quantity: 3 }]
      const each = await quotes.create({ lines })
      expectSame(each.quotes.length, 2, 'one quote for each line')
      for (const quote of each.quotes) expectQuoteAddsUp(quote)
      const [one, three] = each.quotes.map(({ total }) => total)
      expectThat(one !== undefined && one > 0 && three !== undefined && three > one, 'three cost more than one')
      const together = await quotes.create({ lines: lines.slice(0, 1), mode: 'together' })
      expectSame(
        together.quotes.map(({ total }) => total),
        [one],
        'the same line, together',
      )
    },
  },
  {
    name: 'a quote says what a code takes off',
    async run({ shopper, fixtures }) {
      const lines = [{ variantId: fixtures.variantId }]
      const plain = await shopper().quotes.create({ lines, mode: 'together' })
      const reduced = await shopper().quotes.create({ lines, mode: 'together', codes: [fixtures.code] })
      const [without, withCode] = [plain.quotes[0], reduced.quotes[0]]
      expectThat(without !== undefined && withCode !== undefined, 'there are quotes')
      expectThat(withCode.total < without.total && withCode.discount > 0, 'the code takes something off')
      expectQuoteAddsUp(withCode)
    },
  },
  {
    name: 'a currency that the site does not sell in is refused, one that does not exist is no input',
    async run({ shopper, fixtures }) {
      const lines = [{ variantId: fixtures.variantId }]
      const { notSold } = fixtures.currencies
      const call = shopper().quotes.create({ lines, currency: notSold })
      await expectRefused(call, 'currency_not_offered', `a quote in ${notSold}`)
      await expectRefused(shopper().quotes.create({ lines, currency: 'QQQ' }), 'invalid_input', 'a quote in QQQ')
    },
  },
]
