import { useMoney } from '@bursar/react'
import { Link } from 'wouter'
import { useSession } from '../host/session.tsx'
import { Loading } from '../page/loading.tsx'
import { Notice } from '../page/notice.tsx'
import { Page } from '../page/page.tsx'
import { Unavailable } from '../page/unavailable.tsx'
import { orderSentence } from './order-sentence.ts'
import { useOrders } from './use-orders.ts'

/** The learner's orders, newest first. */
export function OrdersPage() {
  const { status } = useSession()
  const read = useOrders()
  const { format, formatInstant } = useMoney()
  if (status === 'guest') {
    return (
      <Page title="My orders">
        <Notice title="Sign in to see your orders">
          <Link href="/sign-in" className="button button-main">
            Sign in
          </Link>
        </Notice>
      </Page>
    )
  }
  return (
    <Page title="My orders">
      {read.isPending && <Loading what="Fetching your orders" />}
      {read.isError && <Unavailable retry={read.refetch} />}
      {read.data?.items.length === 0 && <p className="empty">You have not ordered anything yet.</p>}
      <ul className="orders">
        {read.data?.items.map((order) => (
          <li key={order.id} className="order-row">
            <div>
              <p className="order-title">
                <Link href={`/orders/${order.id}`}>Order {order.number}</Link>
              </p>
              <p className="small">
                {formatInstant(order.createdAt)} · {order.lines.map(({ title }) => title).join(', ')}
              </p>
            </div>
            <p className="order-state">{orderSentence(order)}</p>
            <p className="line-total">{format(order.total, order.currency)}</p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
