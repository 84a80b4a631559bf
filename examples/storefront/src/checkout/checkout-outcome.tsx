import { useCart, useCheckout } from '@bursar/react'
import { Link } from 'wouter'
import { Notice } from '../page/notice.tsx'
import { PriceChanged } from './price-changed.tsx'

/** What became of the checkout so far, with what is right to do now. */
export function CheckoutOutcome() {
  const checkout = useCheckout()
  const lines = useCart((cart) => cart.quote?.lines)
  switch (checkout.status) {
    case 'price_changed':
      return <PriceChanged checkout={checkout} />
    case 'sold_out': {
      const line = lines?.find(({ id }) => id === checkout.lineId)
      return (
        <Notice kind="danger" role="alert" title="The last place was taken">
          <p>
            {line === undefined ? 'Something in your cart' : `“${line.title}”`} is sold out. Nothing was charged.{' '}
            <Link href="/cart">Take it out of the cart</Link> to buy the rest.
          </p>
        </Notice>
      )
    }
    case 'consent_required':
      return <Notice kind="danger" role="alert" title={checkout.error.message} />
    case 'declined':
      return (
        <Notice kind="danger" role="alert" title="The payment was declined">
          <p>Nothing was charged. Try again, with another card if you have one.</p>
        </Notice>
      )
    case 'failed':
      return (
        <Notice kind="danger" role="alert" title="It did not go through">
          {/* What had no answer may still be on its way: that nothing was charged only a refusal says. */}
          <p>
            {checkout.error.message} {!checkout.error.isRetryable && 'Nothing was charged.'}
          </p>
        </Notice>
      )
    case 'requires_action': {
      const { next } = checkout
      const address = next.type === 'redirect' ? next.url : challengeAddress(next.clientSecret)
      return (
        <Notice takesFocus role="alert" title="Your bank wants to know that it is you">
          <p>You come back here afterwards.</p>
          <a href={address} className="button button-main">
            Go to your bank
          </a>
        </Notice>
      )
    }
    case 'processing':
      return (
        <Notice takesFocus role="status" title="Your payment is being processed">
          <p>This can take a while. The page goes on by itself.</p>
        </Notice>
      )
    case 'unknown':
      return (
        <Notice takesFocus kind="warning" role="alert" title="We do not know yet whether the payment went through">
          <p>Please do not pay again. We keep asking, and the page goes on by itself.</p>
          <button type="button" className="button" onClick={() => checkout.check()}>
            Check again
          </button>
        </Notice>
      )
    default:
      return null
  }
}

/** The test bank's page. What stands behind the # goes to no server and into no log. */
function challengeAddress(secret: string): string {
  return `/demo/challenge#${new URLSearchParams({ secret, return: '/checkout' })}`
}
