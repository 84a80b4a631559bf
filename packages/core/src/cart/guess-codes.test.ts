import { describe, expect, it } from 'vitest'
import { isBursarError } from '../errors/index.ts'
import {
  type Change,
  type Principal,
  type Storage,
  StorageUnavailableError,
  type Stored,
  type TaxCalculator,
} from '../ports/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import type { Cart } from './cart.ts'

const ANN: Principal = { type: 'customer', site: 'main', customerId: 'ann' }
const EVE: Principal = { type: 'customer', site: 'main', customerId: 'eve' }
const MINUTES = 60 * 1000

/** A storage that writes down what it is asked: the method, and how many things at once. */
function watched(): { storage: Storage; calls: string[] } {
  const inner = memoryStorage()
  const calls: string[] = []
  const storage: Storage = {
    ...inner,
    jobs: inner.jobs,
    read: (scope, refs) => {
      calls.push(`read ${refs.length}`)
      return inner.read(scope, refs)
    },
    list: (scope, query) => {
      calls.push(`list ${query.in}`)
      return inner.list(scope, query)
    },
    search: (scope, query) => inner.search(scope, query),
    commit: (scope, changes, options) => {
      calls.push(`commit ${changes.map((change) => change.do).join(' ')}`)
      return inner.commit(scope, changes, options)
    },
    migrate: (collections) => inner.migrate(collections),
    close: () => inner.close(),
  }
  return { storage, calls }
}

async function openShop() {
  const { storage, calls } = watched()
  const runtime = testRuntime({ sleeps: 'at_once' })
  const shop = await memoryShop({ storage, runtime })
  await fillCodes(shop)
  return { ...shop, storage, calls, runtime }
}

/** What nobody waits for has been done: memory answers within a turn. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve))

/** The tries that count, by the names of their counters. */
async function openTries(storage: Storage): Promise<readonly unknown[]> {
  const page = await storage.list({ operator: 'school' }, { in: 'holds', index: 'due', equals: [], limit: 100 })
  return page.items.filter(({ id }) => id.includes('tries:'))
}

/** Single-use codes, each wrong in one way; `GOODONE` is right. */
const WRONG = {
  NOTYET: { from: '2999-01-01T00:00:00.000Z' },
  EXPIRED: { until: '2001-01-01T00:00:00.000Z' },
  REVOKED: { status: 'revoked' },
  ELSEWHERE: { site: 'second' },
  SPENT: {},
  FOROTHERITEMS: { promotionId: 'service' },
  TOOLITTLE: { promotionId: 'large' },
  OTHERCOUNTRY: { promotionId: 'france' },
  FOROTHERS: { promotionId: 'members' },
  PROMOTIONOVER: { promotionId: 'over' },
  PROMOTIONARCHIVED: { promotionId: 'archived' },
  PROMOTIONUSEDUP: { promotionId: 'once' },
} as const

async function fillCodes({ system: { admin }, variants, commerce }: MemoryShop): Promise<void> {
  const percent = { requiresCode: true, benefit: { type: 'percent', percent: '10' } } as const
  const make = (id: string, more: object) => admin.promotions.create({ id, name: id, ...percent, ...more })
  await make('service', { conditions: [{ type: 'variants', variants: [variants.service] }] })
  await make('large', {
    conditions: [{ type: 'minimum_subtotal', amounts: [{ amount: 900_000, currency: 'EUR' }] }],
  })
  await make('france', { conditions: [{ type: 'countries', countries: ['FR'] }] })
  await make('members', { conditions: [{ type: 'customer_groups', groups: ['members'] }] })
  await make('over', { until: '2001-01-01T00:00:00.000Z' })
  await make('archived', { status: 'archived' })
  await make('once', { limits: { uses: 1, usesPerCustomer: null } })
  await admin.sites.create({
    ...{ id: 'second', name: 'Second', seller: 'school-ltd', country: 'DE', currencies: ['EUR'] },
  })
  for (const [code, more] of Object.entries(WRONG))
    await admin.codes.create({ code, promotionId: 'ten', uses: 1, ...more })
  await admin.codes.create({ code: 'GOODONE', promotionId: 'ten', uses: 1 })
  await admin.codes.create({ code: 'FIRSTOFALL', promotionId: 'once', uses: 1 })
  for (const code of ['SPENT', 'FIRSTOFALL']) await spend(commerce, variants.book, code)
}

async function spend(commerce: MemoryShop['commerce'], variantId: string, code: string): Promise<void> {
  const client = commerce.as({ type: 'customer', site: 'main', customerId: `first-with-${code}` })
  const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId }] })
  const { quote } = await client.carts.applyCode({ cartId: cart.id, code })
  expect(quote.codes).toEqual([expect.objectContaining({ applied: true })])
  const { order } = await client.carts.checkout(
    {
      ...{ cartId: cart.id, expectedTotal: { amount: quote.total, currency: 'EUR' }, paymentToken: 'tok_approve' },
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
    },
    { idempotencyKey: `spends-${code}` },
  )
  expect(order.state).toBe('placed')
}

/** What a shopper is answered, to the byte. */
async function answerTo(shop: MemoryShop, principal: Principal, code: string): Promise<string> {
  const client = shop.commerce.as(principal)
  const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
  return client.carts.applyCode({ cartId: cart.id, code }).then(
    ({ quote }) => `accepted, ${quote.codes.map(({ applied }) => applied)}`,
    (error: unknown) => {
      if (!isBursarError(error)) throw error
      const { code: errorCode, status, message, reason, data, issues, retryAfter } = error
      return JSON.stringify({ errorCode, status, message, reason, data, issues, retryAfter })
    },
  )
}

describe('a single-use code that is wrong', () => {
  it('is answered as one that nobody made, to the byte, by the same calls of the storage', async () => {
    const shop = await openShop()
    const seen = new Map<string, string>()
    await answerTo(shop, ANN, 'WARMINGUP')
    for (const [place, code] of ['NEVERMADE', ...Object.keys(WRONG)].entries()) {
      // Each by somebody of their own, so that nobody has tried too often.
      const who: Principal = { ...ANN, customerId: `guesser-${place}` }
      shop.calls.length = 0
      seen.set(code, `${await answerTo(shop, who, code)}\n${shop.calls.join('\n')}`)
    }
    const first = seen.get('NEVERMADE')
    expect(first).toContain('"errorCode":"code_not_valid"')
    expect(first).toContain('"reason":"not_valid"')
    for (const [code, answer] of seen) expect(answer, code).toBe(first)
    expect(await answerTo(shop, EVE, 'GOODONE')).toBe('accepted, true')
  })

  it('that ended after it was accepted says no more than that in the quote', async () => {
    const shop = await openShop()
    const client = shop.commerce.as(ANN)
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
    await client.carts.applyCode({ cartId: cart.id, code: 'GOODONE' })
    await spend(shop.commerce, shop.variants.book, 'GOODONE')
    const { quote } = await client.carts.get({ cartId: cart.id })
    expect(quote.codes).toEqual([expect.objectContaining({ applied: false, refusal: 'not_valid' })])
  })

  it('is not to be tried by prices of pages either', async () => {
    const shop = await openShop()
    const lines = [{ variantId: shop.variants.book }]
    const [nobodys, right] = await Promise.all(
      ['NEVERMADE', 'GOODONE'].map((code) => shop.commerce.as(ANN).quotes.create({ lines, codes: [code] })),
    )
    expect(right).toEqual(nobodys)
  })
})

describe('a code that is right', () => {
  /** What is asked of the storage. */
  async function callsOf(shop: Awaited<ReturnType<typeof openShop>>, who: Principal, code: string) {
    const client = shop.commerce.as(who)
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
    shop.calls.length = 0
    await client.carts.applyCode({ cartId: cart.id, code })
    await settled()
    return shop.calls.splice(0)
  }

  it('costs one turn of reads and a commit where the process knows it, and takes no try', async () => {
    const shop = await openShop()
    await callsOf(shop, EVE, 'TENOFF')
    // The cart, the code's two keys, its counters with that of the tries: asked at once.
    expect(await callsOf(shop, ANN, 'tenoff')).toEqual(['read 13', 'commit put checkLimit'])
    expect(await openTries(shop.storage)).toEqual([])
  })

  it('is refused where wrong ones have taken the last try while it was looked at', async () => {
    const { storage, calls } = watched()
    let between = async (): Promise<void> => {}
    const commit: Storage['commit'] = async (scope, changes, options) => {
      if (changes.some((change) => change.do === 'checkLimit')) await between()
      return storage.commit(scope, changes, options)
    }
    const shop = await memoryShop({ storage: { ...storage, commit }, runtime: testRuntime({ sleeps: 'at_once' }) })
    const client = shop.commerce.as(EVE)
    const line = { lineId: 'a', variantId: shop.variants.book }
    const { cart } = await client.carts.create({ lines: [line] })
    const [stored] = await storage.read({ operator: 'school', site: 'main' }, [{ in: 'carts', id: cart.id }])
    const counter = `tries:${(stored as unknown as Stored<Cart>).body.customerId}` // what stands in `carts`
    const wrong = (n: number): Change => ({
      ...{ do: 'hold', counter, hold: `elsewhere-${n}`, n: 1, limit: 10 },
      due: '2999-01-01T00:00:00.000Z',
    })
    const ten = Array.from({ length: 10 }, (_, n) => wrong(n))
    between = async () => void (await storage.commit({ operator: 'school' }, ten)) // as another process takes them
    await expect(client.carts.applyCode({ cartId: cart.id, code: 'TENOFF' })).rejects.toMatchObject({
      ...{ code: 'rate_limited', reason: 'codes' },
    })
    // Nor does the process remember it, which the time of an answer would show.
    calls.length = 0
    expect((await client.carts.get({ cartId: cart.id })).cart.codes).toEqual([])
    expect(calls).toEqual(['read 3'])
  })

  it('and is for a single use is read like one that nobody made, also where somebody has used it', async () => {
    const shop = await openShop()
    const first = await callsOf(shop, ANN, 'GOODONE')
    const second = await callsOf(shop, EVE, 'GOODONE')
    expect(second).toEqual(first)
  })

  it('takes no try when the reply of its commit is lost, stored or not', async () => {
    for (const isStored of [true, false]) {
      const { storage } = watched()
      let lost = 0
      const commit: Storage['commit'] = async (scope, changes, options) => {
        const isFirst = changes.some((change) => change.do === 'checkLimit')
        if (!isFirst || lost > 0) return storage.commit(scope, changes, options)
        lost += 1
        if (isStored) await storage.commit(scope, changes, options)
        throw new StorageUnavailableError('The reply is lost.', { outcome: 'unknown' })
      }
      const shop = await memoryShop({ storage: { ...storage, commit }, runtime: testRuntime({ sleeps: 'at_once' }) })
      for (const idempotencyKey of [undefined, 'with-a-key-of-its-own']) {
        lost = 0
        const client = shop.commerce.as(EVE)
        const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
        const { quote } = await client.carts.applyCode({ cartId: cart.id, code: 'TENOFF' }, { idempotencyKey })
        expect([lost, quote.codes]).toEqual([1, [expect.objectContaining({ applied: true })]])
        await settled()
        expect(await openTries(storage)).toEqual([])
      }
    }
  })

  it('needs nothing given back, so that it is no matter where nothing can be', async () => {
    const { storage } = watched()
    const commit: Storage['commit'] = async (scope, changes, options) => {
      if (changes.length === 1 && changes[0]?.do === 'releaseHold')
        throw new StorageUnavailableError('It is down.', { outcome: 'nothing' })
      return storage.commit(scope, changes, options)
    }
    const runtime = testRuntime({ sleeps: 'at_once' })
    const shop = await memoryShop({ storage: { ...storage, commit }, runtime })
    const client = shop.commerce.as(ANN)
    for (let n = 0; n < 12; n += 1) {
      const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
      await client.carts.applyCode({ cartId: cart.id, code: 'TENOFF' })
    }
    expect(await openTries(storage)).toEqual([])
  })
})

describe('a cart with a code', () => {
  const stocked = async (code: string) => {
    const shop = await openShop()
    const client = shop.commerce.as(ANN)
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
    await client.carts.applyCode({ cartId: cart.id, code })
    shop.calls.length = 0
    return { ...shop, client, cartId: cart.id }
  }

  it('is read in one turn by the process that applied it: with the code and what is counted of it', async () => {
    const { client, cartId, calls } = await stocked('TENOFF')
    const { quote } = await client.carts.get({ cartId })
    expect(quote.codes).toEqual([expect.objectContaining({ applied: true })])
    expect(calls.splice(0)).toEqual(['read 11'])
    await client.carts.updateLine({ cartId, lineId: 'a', quantity: 2 })
    expect(calls.splice(0)).toEqual(['read 11', 'commit put'])
  })

  it('without it again reads no more than the cart', async () => {
    const { client, cartId, calls } = await stocked('TENOFF')
    const { cart } = await client.carts.get({ cartId })
    await client.carts.removeCode({ cartId, codeId: cart.codes[0] ?? '' })
    calls.length = 0
    await client.carts.get({ cartId })
    expect(calls).toEqual(['read 3'])
  })

  it('is priced as it is now, whatever the process remembers', async () => {
    const { client, cartId, system, variants, commerce } = await stocked('GOODONE')
    await client.carts.get({ cartId })
    await spend(commerce, variants.book, 'GOODONE')
    expect((await client.carts.get({ cartId })).quote.codes).toEqual([expect.objectContaining({ applied: false })])
    const { cart } = await client.carts.applyCode({ cartId, code: 'TENOFF' })
    const applied = async () => (await client.carts.get({ cartId })).quote.codes.map((one) => one.applied)
    expect(await applied()).toEqual([false, true])
    await system.admin.codes.update({ id: cart.codes[1] ?? '', status: 'revoked' })
    expect(await applied()).toEqual([false, false])
  })
})

describe('a code of many uses that gives nothing', () => {
  it.each([
    ['MANYEXPIRED', { until: '2001-01-01T00:00:00.000Z' }, 'expired'],
    ['MANYEARLY', { from: '2999-01-01T00:00:00.000Z' }, 'not_yet_valid'],
  ])('%s says why', async (code, more, reason) => {
    const shop = await openShop()
    await shop.system.admin.codes.create({ code, promotionId: 'ten', uses: 100, ...more })
    expect(await answerTo(shop, ANN, code)).toContain(`"reason":"${reason}"`)
  })
})

/** The code of the error, or `accepted`. */
const guess = async (shop: MemoryShop, who: Principal, cartId: string, code: string) =>
  shop.commerce
    .as(who)
    .carts.applyCode({ cartId, code })
    .then(
      () => 'accepted',
      (error: unknown) => (isBursarError(error) ? error.code : String(error)),
    )

describe('who guesses', () => {
  it('is answered ten times in ten minutes, also about the right code, in whatever cart', async () => {
    const shop = await openShop()
    const client = shop.commerce.as(EVE)
    const line = { lineId: 'a', variantId: shop.variants.book }
    const cartIds: string[] = []
    for (let n = 0; n < 12; n += 1) cartIds.push((await client.carts.create({ lines: [line] })).cart.id)
    const guesses = cartIds.map((cartId, n) => guess(shop, EVE, cartId, `WRONG${n}`))
    const answers = await Promise.all(guesses)
    expect(answers.filter((answer) => answer === 'code_not_valid')).toHaveLength(10)
    expect(answers.filter((answer) => answer === 'rate_limited')).toHaveLength(2)
    expect(await guess(shop, EVE, cartIds[0] ?? '', 'GOODONE')).toBe('rate_limited')
    await shop.runtime.sleep(10 * MINUTES)
    expect(await guess(shop, EVE, cartIds[0] ?? '', 'GOODONE')).toBe('accepted')
  })

  it('without an account is counted by the cart, and told how long to wait', async () => {
    const shop = await openShop()
    const made = await shop.commerce
      .as({ type: 'shopper', site: 'main' })
      .carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
    const who: Principal = { type: 'shopper', site: 'main', cartToken: made.token }
    for (let n = 0; n < 10; n += 1) expect(await guess(shop, who, made.cart.id, `WRONG${n}`)).toBe('code_not_valid')
    const refused = shop.commerce.as(who).carts.applyCode({ cartId: made.cart.id, code: 'GOODONE' })
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', status: 429, retryAfter: 600 })
  })

  it('rightly loses no try: codes can be applied and removed for ever', async () => {
    const shop = await openShop()
    const client = shop.commerce.as(ANN)
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
    for (let n = 0; n < 25; n += 1) {
      const { cart: with1 } = await client.carts.applyCode({ cartId: cart.id, code: 'TENOFF' })
      await client.carts.removeCode({ cartId: cart.id, codeId: with1.codes[0] ?? '' })
    }
    expect(await guess(shop, ANN, cart.id, 'GOODONE')).toBe('accepted')
  })
})

describe('who guesses with a hundred requests at once', () => {
  it.each([
    ['that are wrong', 0],
    ['of which some are right', 10],
  ])('in carts of their own, %s, has ten wrong ones answered at most', async (_words, every) => {
    const shop = await openShop()
    const client = shop.commerce.as(EVE)
    const line = { lineId: 'a', variantId: shop.variants.book }
    const cartIds: string[] = []
    for (let n = 0; n < 100; n += 1) cartIds.push((await client.carts.create({ lines: [line] })).cart.id)
    const isRight = (n: number) => every > 0 && n % every === 0
    const answers = await Promise.all(
      cartIds.map((cartId, n) => guess(shop, EVE, cartId, isRight(n) ? 'TENOFF' : `WRONG${n}`)),
    )
    const count = (word: string) => answers.filter((answer) => answer === word).length
    expect(count('accepted') + count('code_not_valid') + count('rate_limited')).toBe(100)
    expect(count('code_not_valid')).toBeLessThanOrEqual(10)
    await settled()
    expect(await openTries(shop.storage)).toHaveLength(count('code_not_valid'))
  })

  it('has no more codes looked at before their try is taken than there are tries', async () => {
    let asked = 0
    // Whoever reckons taxes is asked of a cart with its code: how long that takes would say what the code does.
    const taxCalculator: TaxCalculator = {
      name: 'counting',
      async calculate() {
        asked += 1
        return { type: 'unknown', reason: 'it only counts' }
      },
    }
    const shop = await memoryShop({ runtime: testRuntime({ sleeps: 'at_once' }), taxCalculator })
    const client = shop.commerce.as(EVE)
    const line = { lineId: 'a', variantId: shop.variants.book }
    const made = await Promise.all(Array.from({ length: 100 }, () => client.carts.create({ lines: [line] })))
    asked = 0
    const guesses = made.map(({ cart }, n) => guess(shop, EVE, cart.id, `WRONG${n}`))
    const answers = await Promise.all(guesses)
    expect(answers.filter((answer) => answer === 'code_not_valid')).toHaveLength(10)
    // Ten whose try is taken first, and ten that take it with the answer, of which some find none.
    expect(asked).toBeGreaterThanOrEqual(10)
    expect(asked).toBeLessThanOrEqual(20)
  })

  it('and has none left, sees no difference in what is asked: right, wrong, used, or known to all', async () => {
    const shop = await openShop()
    await answerTo(shop, ANN, 'TENOFF')
    for (let n = 0; n < 10; n += 1) await answerTo(shop, EVE, `WRONG${n}`)
    const client = shop.commerce.as(EVE)
    const seen: string[][] = []
    for (const code of ['NEVERMADE', 'GOODONE', 'SPENT', 'EXPIRED', 'TENOFF']) {
      const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
      shop.calls.length = 0
      await expect(client.carts.applyCode({ cartId: cart.id, code })).rejects.toMatchObject({ code: 'rate_limited' })
      seen.push(shop.calls.splice(0))
    }
    expect(new Set(seen.map((calls) => calls.join())).size).toBe(1)
    // Nothing of a price was read, and no cart was written.
    expect(seen[0]).toEqual(['read 13', 'read 3', 'commit hold', 'list holds'])
  })
})

describe('a code once per customer', () => {
  it('is used once by each, and says so', async () => {
    const shop = await openShop()
    const { admin } = shop.system
    await admin.codes.create({ code: 'WELCOME', promotionId: 'ten', usesPerCustomer: 1 })
    await spend(shop.commerce, shop.variants.book, 'WELCOME')
    const again: Principal = { type: 'customer', site: 'main', customerId: 'first-with-WELCOME' }
    expect(await answerTo(shop, again, 'WELCOME')).toContain('"reason":"used_by_you"')
    expect(await answerTo(shop, ANN, 'WELCOME')).toBe('accepted, true')
    expect((await admin.reports.doctor({})).findings.filter(({ severity }) => severity === 'broken')).toEqual([])
  })
})
