// What the hooks' types let a page write, and what they do not.
import type { ConsentKind, Quote } from '@bursar/core/client'
import { useCart, useCheckout, useOrder } from './index.ts'
import { useProduct } from './query/index.ts'

const same = <Expected>(value: Expected): Expected => value

export function Cart() {
  const { addLine, count, status } = useCart()
  same<number>(count)
  same<'loading' | 'unavailable' | 'none' | 'open' | 'ordered'>(status)
  same<number>(useCart((whole) => whole.lines.length))
  void addLine({ variantId: 'var_1' }).then((result) => {
    if (result.ok) return
    // The codes are those of the command.
    same<boolean>(result.error.code === 'not_sellable' || result.error.code === 'cart_full')
    // @ts-expect-error a code of another operation
    same<boolean>(result.error.code === 'consent_required')
  })
  // @ts-expect-error quantities are numbers
  void addLine({ variantId: 'var_1', quantity: '2' })
}

export function Checkout() {
  const state = useCheckout()
  // @ts-expect-error not every state may start
  void state.start
  if (state.canStart) void state.start({ consents: [] })
  switch (state.status) {
    case 'unknown':
      void state.check()
      // @ts-expect-error what may have been paid is not paid again
      void state.start
      // @ts-expect-error … nor forgotten
      void state.reset
      same<string | null>(state.orderId)
      same<false>(state.canStart)
      break
    case 'price_changed':
      same<Quote>(state.before)
      same<Quote>(state.after)
      void state.accept()
      break
    case 'ready':
      void state.confirm((clientSecret) => clientSecret.length)
      break
    case 'requires_action':
      same<string>(state.next.type === 'redirect' ? state.next.url : state.next.clientSecret)
      break
    case 'consent_required':
      same<readonly ConsentKind[]>(state.missing)
      break
    case 'failed':
      same<boolean>(state.error.code === 'amount_not_payable')
      // @ts-expect-error a code that no checkout answers with
      same<boolean>(state.error.code === 'import_refused')
      break
    case 'placed':
      same<string>(state.order.id)
  }
}

export function Reads() {
  const product = useProduct('algebra')
  const order = useOrder('ord_1')
  // @ts-expect-error there is none before it is ready
  void product.product
  if (product.status === 'ready') same<string>(product.product.title)
  if (product.status === 'error') same<boolean>(product.error.code === 'not_found')
  if (order.status === 'ready') same<boolean>(order.isEnded)
  void order.refresh()
}
