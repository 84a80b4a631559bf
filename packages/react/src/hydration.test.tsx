// @vitest-environment happy-dom
import { memoryShop } from '@bursar/core/testing'
import { act, cleanup } from '@testing-library/react'
import { lazy, Suspense } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'
import { BursarProvider, useCart, useCheckout } from './index.ts'

afterEach(cleanup)

const rest = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 100)))

function Badge() {
  return <b>{useCart(({ count }) => count)}</b>
}

function Pay() {
  return (
    <button type="button" disabled={!useCheckout().canStart}>
      Pay
    </button>
  )
}

test('a button that hydrates when the cart is known already can be pressed', async () => {
  const { commerce, variants } = await memoryShop()
  const client = commerce.as({ type: 'customer', site: 'main', customerId: 'learner-1' })
  const { cart } = await client.carts.create({ lines: [{ variantId: variants.course, lineId: 'course' }] })
  localStorage.setItem('bursar.cart.default', JSON.stringify({ id: cart.id, isOwned: true }))
  let arrive = () => {}
  const LatePay = lazy(
    () =>
      new Promise<{ default: typeof Pay }>((resolve) => {
        arrive = () => resolve({ default: Pay })
      }),
  )
  const page = (Button: typeof Pay | typeof LatePay) => (
    <BursarProvider client={client}>
      <Badge />
      <Suspense fallback="…">
        <Button />
      </Suspense>
    </BursarProvider>
  )
  const box = document.createElement('div')
  document.body.append(box)
  box.innerHTML = renderToString(page(Pay))
  const wrong: unknown[] = []
  const root = await act(async () =>
    hydrateRoot(box, page(LatePay), { onRecoverableError: (error) => wrong.push(error) }),
  )
  await rest()
  expect(box.querySelector('b')?.textContent).toBe('1')
  await act(async () => arrive())
  await rest()
  expect(box.querySelector('button')?.disabled).toBe(false)
  expect(wrong).toEqual([])
  await act(async () => root.unmount())
})
