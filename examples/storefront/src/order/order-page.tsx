import { useOrder } from '@bursar/react'
import { PriceTable } from '../cart/price-table.tsx'
import { useSession } from '../host/session.tsx'
import { Loading } from '../page/loading.tsx'
import { NotFoundPage } from '../page/not-found-page.tsx'
import { Notice } from '../page/notice.tsx'
import { Page } from '../page/page.tsx'
import { Refused } from '../page/refused.tsx'
import { Unavailable } from '../page/unavailable.tsx'
import { LearnerChoice } from '../sign-in/learner-choice.tsx'
import { OrderLine } from './order-line.tsx'
import { OrderNotice } from './order-notice.tsx'

/** An order, with its delivery as it happens. */
export function OrderPage({ orderId }: { orderId: string }) {
  const read = useOrder(orderId)
  const { status: session } = useSession()
  // To whom is not signed in, no order is there.
  const isNotSeen = read.status === 'error' && read.error.code === 'not_found'
  if (isNotSeen && session === 'signed_in') return <NotFoundPage why="this is another learner’s order" />
  if (isNotSeen && session === 'guest') {
    return (
      <Page title="Your order">
        <Notice title="Sign in to see your order" />
        <LearnerChoice />
      </Page>
    )
  }
  if (read.status !== 'ready') {
    return (
      <Page title="Your order" isReady={false}>
        {(read.status === 'loading' || isNotSeen) && <Loading what="Fetching your order" />}
        {read.status === 'unavailable' && <Unavailable retry={read.refresh} />}
        {read.status === 'error' && !isNotSeen && <Refused error={read.error} retry={read.refresh} />}
      </Page>
    )
  }
  const { order, isStale } = read
  return (
    <Page title={order.state === 'placed' ? 'Thank you for your order' : `Order ${order.number}`}>
      <p className="lead">
        Your order number is <strong>{order.number}</strong>.
      </p>
      {isStale && (
        <Notice kind="warning" role="status" title="There is no connection at the moment">
          <p>The page goes on when it is back.</p>
        </Notice>
      )}
      <OrderNotice order={order} />
      <div className="cart">
        <ul className="lines" aria-label="What you ordered">
          {order.lines.map((line) => (
            <OrderLine key={line.id} line={line} currency={order.currency} refresh={read.refresh} />
          ))}
        </ul>
        <aside className="summary" aria-label="Summary">
          <PriceTable price={order} isInclusive={order.net + order.tax === order.base - order.discount} />
        </aside>
      </div>
    </Page>
  )
}
