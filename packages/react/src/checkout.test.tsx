// @vitest-environment happy-dom
import type { CommerceClient, ConsentInput } from '@bursar/core/client'
import { type MemoryShop, memoryShop } from '@bursar/core/testing'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useCart, useCheckout, useOrder } from './index.ts'
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

const consents: ConsentInput[] = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]

function Receipt({ orderId }: { orderId: string }) {
  const watched = useOrder(orderId)
  return (
    <p role="status">{watched.status === 'ready' ? `${watched.order.delivery} ${watched.isEnded}` : watched.status}</p>
  )
}

function Page({ paymentToken }: { paymentToken?: string | undefined }) {
  const addLine = useCart((cart) => cart.addLine)
  const checkout = useCheckout()
  return (
    <main aria-label={checkout.status}>
      <button type="button" onClick={() => addLine({ variantId: shop.variants.course, lineId: 'a' })}>
        Buy
      </button>
      {'start' in checkout && (
        <button
          type="button"
          disabled={!checkout.canStart}
          onClick={() => checkout.start({ consents, ...(paymentToken === undefined ? {} : { paymentToken }) })}
        >
          Pay
        </button>
      )}
      {checkout.status === 'ready' && (
        <button type="button" onClick={() => checkout.confirm((secret) => shop.processor.confirm(secret, 'approve'))}>
          Approve
        </button>
      )}
      {checkout.status === 'unknown' && (
        <button type="button" onClick={checkout.check}>
          Check again
        </button>
      )}
      {checkout.status === 'placed' && <Receipt orderId={checkout.order.id} />}
    </main>
  )
}

const button = (name: string) => screen.getByRole('button', { name })
const enabled = (name: string) =>
  waitFor(() => {
    expect(button(name).hasAttribute('disabled')).toBe(false)
    return button(name)
  })

test('a course is bought in the processor’s field, and its delivery seen as it happens', async () => {
  renderInShop(learner, <Page />)
  expect(button('Pay').hasAttribute('disabled')).toBe(true)
  fireEvent.click(button('Buy'))
  fireEvent.click(await enabled('Pay'))
  fireEvent.click(await screen.findByRole('button', { name: 'Approve' }))
  await screen.findByLabelText('placed')
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('queued false'))
  await shop.commerce.jobs.runDue()
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('delivered true'), { timeout: 3000 })
})

test('two clicks pay once', async () => {
  renderInShop(learner, <Page paymentToken="tok_approve" />)
  fireEvent.click(button('Buy'))
  const pay = await enabled('Pay')
  fireEvent.click(pay)
  fireEvent.click(pay)
  await screen.findByLabelText('placed')
  expect(shop.processor.payments()).toHaveLength(1)
})

test('an outcome in doubt offers to check, not to pay; a reload in between changes nothing', async () => {
  const { unmount } = renderInShop(learner, <Page paymentToken="tok_timeout_after" />)
  fireEvent.click(button('Buy'))
  fireEvent.click(await enabled('Pay'))
  await screen.findByRole('button', { name: 'Check again' })
  expect(screen.queryByRole('button', { name: 'Pay' })).toBeNull()
  unmount()
  renderInShop(learner, <Page />)
  await screen.findByLabelText('placed')
  expect(shop.processor.payments()).toHaveLength(1)
})

test('a page that is left while it pays complains about nothing, and the order is there on return', async () => {
  const complaints = vi.spyOn(console, 'error')
  const { unmount } = renderInShop(learner, <Page paymentToken="tok_approve" />)
  fireEvent.click(button('Buy'))
  fireEvent.click(await enabled('Pay'))
  unmount()
  await waitFor(() => expect(shop.processor.payments()).toMatchObject([{ state: 'captured' }]))
  renderInShop(learner, <Page />)
  await screen.findByLabelText('placed')
  expect(complaints).not.toHaveBeenCalled()
  expect(shop.processor.payments()).toHaveLength(1)
})

test('an order that is not there is an error with its code', async () => {
  renderInShop(learner, <Receipt orderId="ord_none" />)
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('error'))
})
