import type { OrderView } from '@bursar/core/client'
import { Link } from 'wouter'
import { Notice } from '../page/notice.tsx'

/** What is going on with an order, or what the shopper has to do. */
export function OrderNotice({ order }: { order: OrderView }) {
  const delays = order.lines.flatMap(({ deliveries }) => deliveries.flatMap(({ delay }) => delay?.reason ?? []))
  const waits = order.lines.flatMap(({ deliveries }) => deliveries.map(({ waitingFor }) => waitingFor))
  const next = order.payment?.next
  if (order.state === 'cancelled') {
    return <Notice kind="warning" role="status" title="This order was cancelled. Nothing is owed for it." />
  }
  if (order.state === 'pending') {
    return (
      <Notice kind="warning" role="status" title="This order is not paid yet">
        <Link href="/checkout">Go on with the payment</Link>
      </Notice>
    )
  }
  if (next?.type === 'instructions') {
    return (
      <Notice role="status" title="How to pay">
        <p>{next.text}</p>
        <p>
          Reference: <strong>{next.reference}</strong>
        </p>
      </Notice>
    )
  }
  switch (order.delivery) {
    case 'queued':
      if (delays.includes('not_answering')) {
        return (
          <Notice kind="warning" role="status" title="The platform is not answering at the moment">
            <p>Your order is safe. We try again by ourselves, and it is delivered as soon as the platform is back.</p>
          </Notice>
        )
      }
      return delays.includes('under_way') ? (
        <Notice role="status" title="Something of it is still under way">
          <p>What is delivered already can be used. The rest is being seen to.</p>
        </Notice>
      ) : (
        <Notice role="status" title="Your order is being delivered …" />
      )
    case 'waiting':
      return waits.includes('run_choice') ? (
        <Notice role="status" title="Choose when you would like to take it">
          <p>Nothing more is needed: it opens for you as soon as you have chosen a run.</p>
        </Notice>
      ) : null
    case 'parked':
      return (
        <Notice kind="warning" role="status" title="We are looking into the delivery">
          <p>Something needs a person’s eye. You need to do nothing; we will write to you.</p>
        </Notice>
      )
    case 'delivered':
      return <Notice kind="success" role="status" title="Everything is delivered" />
    default:
      return null
  }
}
