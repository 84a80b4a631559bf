import { useSite } from '@bursar/react/query'
import { useCurrency } from '../host/currency.tsx'

/** Chooses the currency of prices, where the site has more than one. */
export function CurrencySwitch() {
  const read = useSite()
  const { currency, choose } = useCurrency()
  if (read.status !== 'ready' || read.site.currencies.length < 2) return null
  const { currencies } = read.site
  return (
    <label className="currency">
      <span className="hidden">Currency</span>
      <select value={currency ?? currencies[0]} onChange={(event) => choose(event.target.value)}>
        {currencies.map((code) => (
          <option key={code}>{code}</option>
        ))}
      </select>
    </label>
  )
}
