// @vitest-environment happy-dom
import type { CommerceClient } from '@bursar/core/client'
import { type MemoryShop, memoryShop } from '@bursar/core/testing'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BursarProvider, useCart, useCartLine, useMoney } from './index.ts'
import { prefetch } from './server/index.ts'
import { renderInShop } from './testing/render-in-shop.tsx'

let shop: MemoryShop
let learner: CommerceClient

beforeEach(async () => {
  shop = await memoryShop()
  learner = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'learner-1' })
  localStorage.clear()
  sessionStorage.clear()
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

let badges = 0

function Badge() {
  const count = useCart((cart) => cart.count)
  badges += 1
  return <b data-testid="badge">{count}</b>
}

function Buy({ variantId }: { variantId: string }) {
  const addLine = useCart((cart) => cart.addLine)
  return (
    <button type="button" onClick={() => addLine({ variantId, lineId: variantId })}>
      Buy
    </button>
  )
}

function Row({ id }: { id: string }) {
  const row = useCartLine(id)
  const { format } = useMoney()
  if (row.status === 'none') return null
  return (
    <li aria-busy={row.quoteState !== 'final'}>
      {`${row.line.quantity} ${row.price?.title} ${row.price ? format(row.price.total, 'EUR') : ''}`}
      <button type="button" onClick={() => row.setQuantity(row.line.quantity + 1)}>
        More
      </button>
      <button type="button" onClick={() => row.remove()}>
        Remove
      </button>
      {row.problems.map(({ id: key, error }) => (
        <span role="alert" key={key}>
          {error.code}
        </span>
      ))}
    </li>
  )
}

function CartPage() {
  const cart = useCart()
  const { format } = useMoney()
  return (
    <section aria-label={cart.status}>
      <ul>
        {cart.lines.map(({ id }) => (
          <Row key={id} id={id} />
        ))}
      </ul>
      <p role="status">
        {cart.quote && cart.quoteState === 'final' ? format(cart.quote.total, cart.quote.currency) : '…'}
      </p>
    </section>
  )
}

const button = (name: string) => screen.getByRole('button', { name })
const badge = () => screen.getByTestId('badge').textContent
const total = () => screen.getByRole('status').textContent

test('what is clicked shows at once, and ends at the server’s price', async () => {
  renderInShop(
    learner,
    <>
      <Badge />
      <Buy variantId={shop.variants.course} />
      <CartPage />
    </>,
  )
  fireEvent.click(button('Buy'))
  expect(badge()).toBe('1')
  for (const _ of [1, 2, 3]) fireEvent.click(button('More'))
  expect(badge()).toBe('4')
  expect(total()).toBe('…')
  await waitFor(() => expect(total()).toBe('€196.00'))
  expect(screen.getByLabelText('open')).toBeDefined()
  fireEvent.click(button('Remove'))
  expect(screen.queryByRole('listitem')).toBeNull()
  await waitFor(() => expect(total()).toBe('€0.00'))
})

function Code() {
  const applyCode = useCart((cart) => cart.applyCode)
  const [answer, setAnswer] = useState('')
  return (
    <button
      type="button"
      onClick={async () => {
        const result = await applyCode('NOSUCH')
        setAnswer(result.ok ? 'ok' : result.error.code)
        await applyCode('TENOFF')
      }}
    >
      {`Code ${answer}`}
    </button>
  )
}

test('a badge is drawn again only when its number changes; a refused command answers and throws nothing', async () => {
  renderInShop(
    learner,
    <>
      <Badge />
      <Buy variantId={shop.variants.book} />
      <Code />
      <CartPage />
    </>,
  )
  fireEvent.click(button('Buy'))
  await waitFor(() => expect(total()).toBe('€19.99'))
  const before = badges
  fireEvent.click(button('Code'))
  await waitFor(() => expect(total()).toBe('€17.99'))
  await waitFor(() => expect(button('Code code_not_valid')).toBeDefined())
  expect(badges).toBe(before)
})

test('what is refused about a line stands at the line', async () => {
  const { cart } = await learner.carts.create({ lines: [{ lineId: 'b', variantId: shop.variants.book, quantity: 50 }] })
  renderInShop(learner, <CartPage />, { cartId: cart.id })
  await waitFor(() => expect(total()).toBe('€999.50'))
  fireEvent.click(button('More'))
  expect((await screen.findByRole('alert')).textContent).toBe('quantity_not_allowed')
  expect(screen.getByRole('listitem').textContent).toContain('50 Geometry')
})

test('two providers of two sites share nothing', async () => {
  const other = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'learner-2' })
  renderInShop(
    learner,
    <>
      <Badge />
      <BursarProvider client={other} site="other">
        <Buy variantId={shop.variants.course} />
        <CartPage />
      </BursarProvider>
    </>,
  )
  fireEvent.click(button('Buy'))
  await waitFor(() => expect(total()).toBe('€49.00'))
  expect(badge()).toBe('0')
})

function TwoShops({ first, second }: { first: CommerceClient; second: CommerceClient }) {
  const [client, setClient] = useState(first)
  return (
    <BursarProvider client={client} site={client === first ? 'first' : 'second'}>
      <button type="button" onClick={() => setClient(second)}>
        Change
      </button>
      <Badge />
      <Buy variantId={shop.variants.course} />
      <CartPage />
    </BursarProvider>
  )
}

test('another client is another shop: what was shown is gone at once', async () => {
  const other = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'learner-2' })
  renderInShop(learner, <TwoShops first={learner} second={other} />)
  fireEvent.click(button('Buy'))
  await waitFor(() => expect(total()).toBe('€49.00'))
  fireEvent.click(button('Change'))
  expect(badge()).toBe('0')
  await screen.findByLabelText('none')
})

test('another client is another shop: what was fetched for the first, and the cart of its link, are not the second’s', async () => {
  const other = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'learner-2' })
  const { cart } = await learner.carts.create({ lines: [{ lineId: 'c', variantId: shop.variants.course }] })
  const initial = await prefetch(learner, { cart: cart.id })
  const page = (client: CommerceClient) => (
    <BursarProvider client={client} initial={initial} cartId={cart.id}>
      <Badge />
      <CartPage />
    </BursarProvider>
  )
  const { rerender } = render(page(learner))
  expect(badge()).toBe('1')
  localStorage.clear() // as signing out does
  const get = vi.spyOn(other.carts, 'get')
  rerender(page(other))
  expect(badge()).toBe('0')
  await screen.findByLabelText('none')
  expect(get).not.toHaveBeenCalled()
  expect(localStorage.getItem('bursar.cart.default')).toBeNull()
})

test('leaving the page during a request complains about nothing, and the line is in the cart', async () => {
  const complaints = vi.spyOn(console, 'error')
  const { unmount } = renderInShop(learner, <Buy variantId={shop.variants.course} />)
  fireEvent.click(button('Buy'))
  unmount()
  await new Promise((resolve) => setTimeout(resolve, 50))
  renderInShop(learner, <CartPage />)
  await waitFor(() => expect(total()).toBe('€49.00'))
  expect(complaints).not.toHaveBeenCalled()
})

test('a server that is down is said to be unavailable, and what was clicked waits', async () => {
  const { cart } = await learner.carts.create({})
  const { site, products, quotes, carts, orders, me } = learner
  const down = () => Promise.reject(new TypeError('The server is gone.'))
  const broken: CommerceClient = { site, products, quotes, orders, me, carts: { ...carts, get: down } }
  renderInShop(broken, <CartPage />, { cartId: cart.id })
  await screen.findByLabelText('unavailable')
})

test('the server renders the cart, and the page takes it over without a complaint', async () => {
  const { cart } = await learner.carts.create({
    lines: [{ lineId: 'c', variantId: shop.variants.course, quantity: 2 }],
  })
  const initial = JSON.parse(JSON.stringify(await prefetch(learner, { cart: cart.id })))
  const page = (
    <StrictMode>
      <BursarProvider client={learner} initial={initial} locale="de">
        <Badge />
        <CartPage />
      </BursarProvider>
    </StrictMode>
  )
  const html = renderToString(page)
  expect(html.replace(/\p{Zs}/gu, ' ')).toContain('98,00 €')
  expect(html).toContain('2 Algebra')
  const complaints = vi.spyOn(console, 'error')
  const onRecoverableError = vi.fn()
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = html
  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }))
  expect(badge()).toBe('2')
  fireEvent.click(button('More'))
  expect(badge()).toBe('3')
  await waitFor(() => expect(total()?.replace(/\p{Zs}/gu, ' ')).toBe('147,00 €'))
  expect(complaints).not.toHaveBeenCalled()
  expect(onRecoverableError).not.toHaveBeenCalled()
  await act(async () => root.unmount())
  container.remove()
})

test('a hook outside of a provider says what to do', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(() => renderToString(<Badge />)).toThrow('No BursarProvider')
})
