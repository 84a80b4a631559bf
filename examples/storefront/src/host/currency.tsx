import { useCart } from '@bursar/react'
import { useSite } from '@bursar/react/query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'

/** In which currency prices are shown. */
export interface CurrencyChoice {
  /** ISO 4217 code, or undefined: the site's first. */
  readonly currency: string | undefined
  /** Chooses another one. The cart keeps it; where there is none, it makes one. */
  choose(currency: string): void
}

const CurrencyContext = createContext<CurrencyChoice | null>(null)

/** Keeps the currency: the cart's, for that is what the shopper pays in. */
export function CurrencyProvider({ children }: { children: ReactNode }) {
  const ofCart = useCart((cart) => cart.currency)
  const update = useCart((cart) => cart.update)
  const read = useSite()
  const offered = read.status === 'ready' ? read.site.currencies : undefined
  const first = offered?.[0]
  // A site may drop a currency. What the shopper has in it is then shown in the first, and goes over to that, tried once.
  const isDropped = ofCart !== null && offered?.includes(ofCart) === false
  const isOpen = useCart((cart) => cart.status === 'open')
  const tried = useRef<string>(undefined)
  useEffect(() => {
    if (!isDropped || !isOpen || !first || tried.current === first) return
    tried.current = first
    void update({ currency: first })
  }, [isDropped, isOpen, first, update])
  // What needs not be said is not said, so that the first cart changes no address of what is fetched already.
  const currency = ofCart === null || ofCart === first || isDropped ? undefined : ofCart
  const choice = useMemo<CurrencyChoice>(
    () => ({ currency, choose: (wanted) => void update({ currency: wanted }) }),
    [currency, update],
  )
  return <CurrencyContext.Provider value={choice}>{children}</CurrencyContext.Provider>
}

/** In which currency prices are shown, and how to choose another one. */
export function useCurrency(): CurrencyChoice {
  const choice = useContext(CurrencyContext)
  if (choice === null) throw new Error('useCurrency was called outside of CurrencyProvider.')
  return choice
}
