import type { Quote } from '@bursar/core/client'
import { Link } from 'wouter'
import { REFUSALS } from '../cart/refusals.ts'
import { Notice } from '../page/notice.tsx'

/** What keeps the cart from being bought, in place of the form that would be refused. */
export function RefusedLines({ quote }: { quote: Quote }) {
  return (
    <Notice kind="warning" role="status" title="Something in your cart cannot be bought at the moment">
      <ul>
        {quote.lines.map(({ id, title, refusal }) => refusal && <li key={id}>{`${title}: ${REFUSALS[refusal]}`}</li>)}
      </ul>
      <Link href="/cart">Change the cart</Link>
    </Notice>
  )
}
