// @vitest-environment happy-dom
import { BursarError, type CommerceClient, createCommerceClient } from '@bursar/core/client'
import { memoryShop } from '@bursar/core/testing'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render, screen } from '@testing-library/react'
import { version } from 'react'
import { afterEach, expect, inject, test, vi } from 'vitest'
import { BursarProvider } from '../bursar-provider.ts'
import { useBursar } from '../scope.ts'
import { prefetch } from '../server/index.ts'
import { renderInShop } from '../testing/render-in-shop.tsx'
import { useMoney } from '../use-money.ts'
import { siteOptions, useProduct, useProducts, useQuotes, useSite } from './index.ts'
import { isWorthAnotherTry } from './read-state.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How the version of React under test begins. */
    react: string
  }
}

const { commerce, variants } = await memoryShop()
const shopper = commerce.as({ type: 'shopper', site: 'main' })

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function Shelf({ search }: { search?: string }) {
  const list = useProducts({ search, limit: 2 })
  const { format } = useMoney()
  if (list.status !== 'ready') return <p role="status">{list.status}</p>
  return (
    <>
      <ul>
        {list.products.map(({ id, title, variants: [variant] }) => (
          <li key={id}>{`${title} ${variant?.price ? format(variant.price) : ''}`}</li>
        ))}
      </ul>
      {list.hasMore && (
        <button type="button" onClick={list.loadMore}>
          More
        </button>
      )}
    </>
  )
}

function Course({ slug }: { slug: string }) {
  const course = useProduct(slug)
  if (course.status === 'ready') return <h1>{course.product.title}</h1>
  if (course.status === 'loading') return null
  return (
    <>
      <p role="alert">{`${course.status} ${course.error?.code}`}</p>
      <button type="button" onClick={course.retry}>
        Again
      </button>
    </>
  )
}

const titles = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent?.replace(/\p{Zs}/gu, ' '))

test('products come page by page, with their prices', async () => {
  renderInShop(shopper, <Shelf />, { locale: 'de' })
  expect(screen.getByRole('status').textContent).toBe('loading')
  const more = await screen.findByRole('button', { name: 'More' })
  expect(titles()).toEqual(['Algebra 49,00 €', 'Geometry 19,99 €'])
  more.click()
  await screen.findByText(/Workshop/)
  expect(titles()).toHaveLength(4)
  expect(screen.queryByRole('button')).toBeNull()
})

test('a product that is not here is an error with its code, and not asked for again', async () => {
  renderInShop(shopper, <Course slug="alchemy" />)
  expect((await screen.findByRole('alert')).textContent).toBe('error not_found')
  expect(isWorthAnotherTry(new BursarError('not_found'))).toBe(false)
  expect(isWorthAnotherTry(new BursarError('unavailable'))).toBe(true)
})

test('a server that is down is said to be unavailable at once, and asked again', async () => {
  let isDown = true
  const handle = vi.fn(async (address: string) => {
    if (isDown) throw new TypeError('fetch failed')
    return Response.json(await shopper.products.get({ idOrSlug: address.split('/').at(-1) ?? '' }))
  })
  const remote = createCommerceClient({ baseUrl: 'https://shop.example.org', fetch: handle })
  renderInShop(remote, <Course slug="algebra" />)
  expect((await screen.findByRole('alert')).textContent).toBe('unavailable unavailable')
  isDown = false
  expect((await screen.findByRole('heading', {}, { timeout: 3000 })).textContent).toBe('Algebra')
})

test.each([
  ['a gateway', async () => new Response('<html>', { status: 502 }), undefined],
  ['the session', async () => Response.json({}), () => Promise.reject(new Error('It is down.'))],
])('%s that is down is no final error', async (_, fetch, token) => {
  renderInShop(createCommerceClient({ baseUrl: 'https://shop.example.org', fetch, token }), <Course slug="algebra" />)
  expect((await screen.findByRole('alert')).textContent).toBe('unavailable unavailable')
})

test('a defect of the host is an error, never an exception in the page', async () => {
  const broken: CommerceClient = {
    ...shopper,
    products: { ...shopper.products, get: () => Promise.reject(new TypeError('?')) },
  }
  renderInShop(broken, <Course slug="algebra" />)
  expect((await screen.findByRole('alert')).textContent).toBe('error internal')
})

function Imprint() {
  const site = useSite()
  const { formatInstant, format } = useMoney()
  return (
    <p>{`${site.status === 'ready' ? site.site.name : site.status} ${formatInstant('2026-12-31T23:30:00.000Z')} ${format(5, 'XY')}`}</p>
  )
}

test('what the server fetched is there at once; locale and zone are the site’s', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {}) // of a currency that is none
  const get = vi.spyOn(shopper.site, 'get')
  const initial = await prefetch(shopper, { products: [{ limit: 2 }] })
  renderInShop(
    shopper,
    <>
      <Imprint />
      <Shelf />
    </>,
    { initial, locale: 'en-GB' },
  )
  expect(screen.getByText('School 31 Dec 2026 –')).toBeDefined()
  expect(titles()).toEqual(['Algebra €49.00', 'Geometry €19.99'])
  expect(get).toHaveBeenCalledTimes(1)
})

function Amounts() {
  const { format, formatInstant } = useMoney()
  const none = JSON.parse('null')
  return [format(Number.NaN, 'EUR'), format(5, 'XY'), format(none), format(none, 'EUR'), formatInstant('soon')].join()
}

test('what is no amount, no currency or no date is a dash', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(renderInShop(shopper, <Amounts />).container.textContent).toBe('–,–,–,–,–')
})

test.each([
  [1, 'is asked for anew'],
  [0, 'is fresh'],
])('what the server fetched %i minutes ago is shown, and %s', async (minutes) => {
  const list = vi.spyOn(shopper.products, 'list')
  const get = vi.spyOn(shopper.products, 'get')
  const { fetchedAt = 0, ...fetched } = await prefetch(shopper, { products: [{ limit: 2 }], product: ['algebra'] })
  const initial = { ...fetched, fetchedAt: fetchedAt - minutes * 60_000 }
  const page = [<Shelf key="shelf" />, <Course key="course" slug="algebra" />]
  renderInShop(shopper, page, { initial })
  expect(titles()).toHaveLength(2)
  expect(screen.getByRole('heading').textContent).toBe('Algebra')
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)))
  // How often strict mode asks differs by the version of React.
  expect([list, get].map(({ mock }) => mock.calls.length > 1)).toEqual([minutes > 0, minutes > 0])
})

function SignOut() {
  const { cart } = useBursar()
  return (
    <button type="button" onClick={cart.signedOut}>
      Out
    </button>
  )
}

test('what the server fetched for who was here before is not shown to who comes after; the locale stays', async () => {
  const initial = await prefetch(shopper, { products: [{ limit: 2 }] })
  const site = { ...(await shopper.site.get({})), locales: ['de'] }
  const own: CommerceClient = { ...shopper, products: { ...shopper.products, list: () => new Promise(() => {}) } }
  const queryClient = new QueryClient()
  const page = (shelf: string) => (
    <QueryClientProvider client={queryClient}>
      <BursarProvider client={own} initial={{ ...initial, site }}>
        <SignOut />
        <Shelf key={shelf} />
        <Imprint />
      </BursarProvider>
    </QueryClientProvider>
  )
  const { rerender } = render(page('first'))
  expect(titles()).toEqual(['Algebra 49,00 €', 'Geometry 19,99 €'])
  act(() => screen.getByRole('button', { name: 'Out' }).click())
  queryClient.clear() // as happens to what nobody looks at
  rerender(page('second'))
  expect(screen.getByRole('status').textContent).toBe('loading')
  expect(screen.getByText(/School 31.12.2026/)).toBeDefined()
})

test('what the server could not fetch is left out of the snapshot', async () => {
  const client: CommerceClient = {
    ...shopper,
    site: { get: () => Promise.reject(new BursarError('unavailable')) },
  }
  expect(await prefetch(client, { cart: 'crt_none' })).toEqual({ fetchedAt: expect.any(Number), reads: {} })
})

test('the React under test is the one that was asked for', () => {
  expect(version.startsWith(inject('react'))).toBe(true)
})

test('another client is another shop: it is asked, and nothing of the one before is shown', async () => {
  const other = await memoryShop()
  const { items } = await other.system.products.list({ search: 'algebra' })
  await other.system.admin.products.update({ productId: items[0]?.id ?? '', title: 'Alchemy' })
  const second = other.commerce.as({ type: 'shopper', site: 'main' })
  const queryClient = new QueryClient()
  const page = (client: CommerceClient) => (
    <QueryClientProvider client={queryClient}>
      <BursarProvider client={client}>
        <Shelf />
      </BursarProvider>
    </QueryClientProvider>
  )
  const { rerender } = render(page(shopper))
  await screen.findByText(/Algebra/)
  rerender(page(second))
  expect(screen.queryByText(/Algebra/)).toBeNull()
  await screen.findByText(/Alchemy/)
  rerender(page(shopper))
  expect(screen.getByText(/Algebra/)).toBeDefined()
})

test('the first client of a site finds what was prefetched under its key; a further one does not', () => {
  const [first, second] = [{ ...shopper }, { ...shopper }]
  const keyOf = (client: CommerceClient) => siteOptions({ client, site: 'of-keys' }).queryKey
  expect([first, second, first].map(keyOf)).toEqual([
    ['bursar', 'of-keys', 'site.get', {}],
    ['bursar', 'of-keys', 'site.get', {}, 1],
    ['bursar', 'of-keys', 'site.get', {}],
  ])
  expect(siteOptions({ client: second, site: 'other' }).queryKey).toEqual(['bursar', 'other', 'site.get', {}])
})

function Card({ variantId }: { variantId: string }) {
  const price = useQuotes([{ variantId }])
  return <li>{price.status === 'ready' ? price.quotes[0]?.total : price.status}</li>
}

test('cards that each ask for their own price make one request', async () => {
  const create = vi.spyOn(shopper.quotes, 'create')
  renderInShop(
    shopper,
    <>
      <Card variantId={variants.course} />
      <Card variantId={variants.book} />
      <Card variantId={variants.course} />
    </>,
  )
  expect(titles()).toEqual(['loading', 'loading', 'loading'])
  await screen.findByText('1999')
  expect(titles()).toEqual(['4900', '1999', '4900'])
  expect(create).toHaveBeenCalledTimes(1)
})

function Prices({ ids }: { ids: readonly string[] }) {
  const prices = useQuotes(ids.map((variantId) => ({ variantId })))
  return <p role="status">{prices.status === 'ready' ? `${prices.quotes.length} ${prices.isStale}` : prices.status}</p>
}

test('prices of which one could not be fetched anew are stale, whichever it is', async () => {
  const { course, book } = variants
  let missing = ''
  const create: CommerceClient['quotes']['create'] = (input, options) =>
    input.lines.some(({ variantId }) => variantId === missing)
      ? Promise.reject(new BursarError('forbidden'))
      : shopper.quotes.create(input, options)
  const queries = new QueryClient()
  render(
    <QueryClientProvider client={queries}>
      <BursarProvider client={{ ...shopper, quotes: { create } }}>
        <Prices ids={[course, book]} />
      </BursarProvider>
    </QueryClientProvider>,
  )
  await screen.findByText('2 false')
  missing = book
  const isOfBook = ({ queryKey }: { queryKey: readonly unknown[] }) => JSON.stringify(queryKey).includes(book)
  await act(() => queries.invalidateQueries({ predicate: isOfBook }))
  await screen.findByText('2 true')
})
