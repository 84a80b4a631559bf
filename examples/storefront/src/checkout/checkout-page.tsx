import { useCart, useCheckout } from '@bursar/react'
import { useSite } from '@bursar/react/query'
import { useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { useSession } from '../host/session.tsx'
import { Loading } from '../page/loading.tsx'
import { Notice } from '../page/notice.tsx'
import { Page } from '../page/page.tsx'
import { Refused } from '../page/refused.tsx'
import { Unavailable } from '../page/unavailable.tsx'
import { LearnerChoice } from '../sign-in/learner-choice.tsx'
import { CheckoutForm } from './checkout-form.tsx'
import { CheckoutOutcome } from './checkout-outcome.tsx'
import { CheckoutSummary } from './checkout-summary.tsx'

/** Checkout: who buys, what is agreed to, how it is paid, and what became of it. */
export function CheckoutPage() {
  const checkout = useCheckout()
  const { status, lines, cart, errors } = useCart()
  const { status: session } = useSession()
  const site = useSite()
  const [, navigate] = useLocation()
  const placed = checkout.status === 'placed' ? checkout.order.id : null
  // An order of before is over where there is a next cart: that is known once the cart is.
  const isKnown = status !== 'loading'
  useEffect(() => {
    if (placed !== null && isKnown) navigate(`/orders/${placed}`, { replace: true })
  }, [placed, isKnown, navigate])

  if (placed !== null) return <Page title="Checkout">{<Loading what="Opening your order" />}</Page>
  if (checkout.status === 'idle' && status === 'ordered' && cart?.orderId) {
    return (
      <Page title="Checkout">
        <Notice kind="success" role="status" title="This cart was ordered already. Nothing more is to be paid.">
          <Link href={`/orders/${cart.orderId}`}>Look at the order</Link>
        </Notice>
      </Page>
    )
  }
  // Whose session has ended is told that the cart is not there; it is, and comes back with them.
  const mustSignIn = session === 'guest' && errors.some(({ command }) => command === 'get')
  if (!mustSignIn && checkout.status === 'idle' && (status === 'none' || (status === 'open' && lines.length === 0))) {
    return (
      <Page title="Checkout">
        <div className="empty">
          <p>There is nothing in your cart.</p>
          <Link href="/" className="button button-main">
            Look at the catalog
          </Link>
        </div>
      </Page>
    )
  }
  if (session === 'guest') {
    return (
      <Page key="guest" title="Checkout">
        <Notice title="Sign in to go on">
          <p>What is in your cart comes along.</p>
        </Notice>
        <LearnerChoice />
      </Page>
    )
  }
  return (
    <Page key="pay" title="Checkout">
      <CheckoutOutcome />
      <div className="cart">
        <div>
          {site.status === 'loading' && <Loading what="Fetching the ways to pay" />}
          {site.status === 'unavailable' && <Unavailable retry={site.retry} />}
          {site.status === 'error' && <Refused {...site} />}
          {site.status === 'ready' && <CheckoutForm site={site.site} />}
        </div>
        <CheckoutSummary />
      </div>
    </Page>
  )
}
