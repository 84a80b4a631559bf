import { useProducts } from '@bursar/react/query'
import { useSearchParams } from 'wouter'
import { useCurrency } from '../host/currency.tsx'
import { Loading } from '../page/loading.tsx'
import { Page } from '../page/page.tsx'
import { Refused } from '../page/refused.tsx'
import { Unavailable } from '../page/unavailable.tsx'
import { CatalogFilters } from './catalog-filters.tsx'
import { ProductList } from './product-list.tsx'
import { PRODUCT_TYPES } from './product-types.ts'
import { useDebounced } from './use-debounced.ts'

/** What is sold, by search and type. Both stand in the address, so that a list can be shared and gone back to. */
export function CatalogPage() {
  const [query, setQuery] = useSearchParams()
  const { currency } = useCurrency()
  const search = query.get('q') ?? ''
  const type = query.get('type') ?? ''
  const settled = useDebounced(search.trim(), 200)
  const set = (name: string, value: string) =>
    setQuery((before) => withValue(before, name, value), { replace: name === 'q' })
  const read = useProducts({
    ...(settled === '' ? {} : { search: settled }),
    ...(Object.hasOwn(PRODUCT_TYPES, type) ? { type } : {}),
    ...(currency === undefined ? {} : { currency }),
    limit: 24,
  })
  return (
    <Page
      title="Learn something that lasts"
      lead={
        <p className="lead">
          Courses, programs, books and people who help: look around, most things can be tried for free.
        </p>
      }
    >
      <CatalogFilters search={search} type={type} set={set} />
      {read.status === 'loading' && <Loading what="Looking for products" />}
      {read.status === 'unavailable' && <Unavailable retry={read.retry} />}
      {read.status === 'error' && <Refused {...read} />}
      {read.status === 'ready' && <ProductList {...read} search={settled} />}
    </Page>
  )
}

function withValue(before: URLSearchParams, name: string, value: string): URLSearchParams {
  const after = new URLSearchParams(before)
  if (value === '') after.delete(name)
  else after.set(name, value)
  return after
}
