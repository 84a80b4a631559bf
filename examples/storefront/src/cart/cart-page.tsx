import { useCart } from '@bursar/react'
import { useState } from 'react'
import { Link } from 'wouter'
import { buyLink } from '../host/buy-link.ts'
import { Loading } from '../page/loading.tsx'
import { Notice } from '../page/notice.tsx'
import { Page } from '../page/page.tsx'
import { Unavailable } from '../page/unavailable.tsx'
import { CartLine } from './cart-line.tsx'
import { CartProblems } from './cart-problems.tsx'
import { CodeForm } from './code-form.tsx'
import { Hints } from './hints.tsx'
import { Totals } from './totals.tsx'

/** What the link to this page could not do, by error code. */
const REFUSED_LINKS: Readonly<Record<string, string>> = {
  code_not_valid: 'The code of the link is not valid. What it was for is in your cart without it.',
  sold_out: 'What the link is for is sold out.',
}
const REFUSED_LINK = 'What the link is for cannot be bought at the moment.'

/** The cart: lines, codes, what it comes to and why. */
export function CartPage() {
  const { status, lines, cart, online, refresh } = useCart()
  const [removed, setRemoved] = useState<string>()
  const isEmpty = lines.length === 0
  return (
    <Page title="Your cart">
      {status === 'loading' && <Loading what="Fetching your cart" />}
      {status === 'unavailable' && <Unavailable retry={refresh} />}
      {status === 'ordered' && cart?.orderId && (
        <Notice kind="success" role="status" title="This cart was ordered">
          <Link href={`/orders/${cart.orderId}`}>Look at the order</Link>
        </Notice>
      )}
      {!online && status !== 'unavailable' && (
        <Notice kind="warning" role="status" title="There is no connection at the moment">
          <p>What you change is kept and sent when it is back.</p>
        </Notice>
      )}
      {buyLink.refused !== undefined && (
        <Notice kind="warning" role="status" title={REFUSED_LINKS[buyLink.refused] ?? REFUSED_LINK} />
      )}
      <CartProblems />
      <p role="status" className="hidden">
        {removed !== undefined && `${removed} was removed.`}
      </p>
      {(status === 'none' || status === 'open') && isEmpty && (
        <div className="empty">
          <p>There is nothing in it yet.</p>
          <Link href="/" className="button button-main">
            Look at the catalog
          </Link>
        </div>
      )}
      {status !== 'ordered' && !isEmpty && (
        <div className="cart">
          <ul className="lines" aria-label="In your cart">
            {lines.map(({ id }) => (
              <CartLine key={id} lineId={id} onRemoved={setRemoved} />
            ))}
          </ul>
          <aside className="summary" aria-label="Summary">
            <CodeForm />
            <Hints />
            <Totals />
            <Link href="/checkout" className="button button-main button-wide">
              Go to checkout
            </Link>
          </aside>
        </div>
      )}
    </Page>
  )
}
