import { useCart } from '@bursar/react'
import { Link } from 'wouter'

/** The way to the cart, with how many things are in it. */
export function CartLink() {
  const count = useCart((cart) => cart.count)
  return (
    <Link href="/cart" className="cart-link">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M3 4h2.5l2.2 10.5h10.3l2-7.5H6.300" />
        <circle cx="9" cy="19" r="1.4" />
        <circle cx="17" cy="19" r="1.4" />
      </svg>
      <span>Cart</span>
      {count > 0 && (
        <>
          <span className="count" aria-hidden="true">
            {count}
          </span>
          <span className="hidden">
            , {count} {count === 1 ? 'item' : 'items'}
          </span>
        </>
      )}
    </Link>
  )
}
