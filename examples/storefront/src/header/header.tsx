import { Link } from 'wouter'
import { Account } from './account.tsx'
import { CartLink } from './cart-link.tsx'
import { CurrencySwitch } from './currency-switch.tsx'
import { Logo } from './logo.tsx'

/** The frame's upper edge: whose shop it is, who is signed in, what is in the cart. */
export function Header() {
  return (
    <header className="header">
      <div className="header-inner">
        <Link href="/" className="brand">
          <Logo />
          <span>Sample Campus</span>
        </Link>
        <nav aria-label="Shop" className="header-nav">
          <CurrencySwitch />
          <Account />
          <CartLink />
        </nav>
      </div>
    </header>
  )
}
