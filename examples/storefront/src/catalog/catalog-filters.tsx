import { PRODUCT_TYPES } from './product-types.ts'

/** What the filters take. */
export interface CatalogFiltersProps {
  search: string
  type: string
  set(name: 'q' | 'type', value: string): void
}

/** Search and product type. */
export function CatalogFilters({ search, type, set }: CatalogFiltersProps) {
  return (
    <search className="filters">
      <div className="search">
        <label htmlFor="search">Search the catalog</label>
        <input
          id="search"
          type="search"
          value={search}
          placeholder="bread, python, stars …"
          onChange={(event) => set('q', event.target.value)}
        />
      </div>
      <fieldset className="types">
        <legend>Show</legend>
        {[['', 'Everything'], ...Object.entries(PRODUCT_TYPES).map(([value, { many }]) => [value, many])].map(
          ([value = '', name]) => (
            <label key={value} className="type">
              <input type="radio" name="type" checked={type === value} onChange={() => set('type', value)} />
              <span>{name}</span>
            </label>
          ),
        )}
      </fieldset>
    </search>
  )
}
