import { useProduct } from '@bursar/react/query'
import { Link } from 'wouter'
import { Cover } from '../catalog/cover.tsx'
import { languageOf } from '../catalog/language-of.ts'
import { PRODUCT_TYPES } from '../catalog/product-types.ts'
import { useCurrency } from '../host/currency.tsx'
import { Loading } from '../page/loading.tsx'
import { NotFoundPage } from '../page/not-found-page.tsx'
import { Page } from '../page/page.tsx'
import { Refused } from '../page/refused.tsx'
import { Unavailable } from '../page/unavailable.tsx'
import { BuyBox } from './buy-box.tsx'
import { ProductFacts } from './product-facts.tsx'
import { ProgramParts } from './program-parts.tsx'

/** One product: what it is, its modes with their deadlines, and the way into the cart. */
export function ProductPage({ slug }: { slug: string }) {
  const { currency } = useCurrency()
  const read = useProduct(slug, currency === undefined ? {} : { currency })
  if (read.status === 'error' && read.error.code === 'not_found') return <NotFoundPage />
  if (read.status !== 'ready') {
    return (
      <Page title="A product" isReady={false}>
        {read.status === 'loading' && <Loading what="Fetching the product" />}
        {read.status === 'unavailable' && <Unavailable retry={read.retry} />}
        {read.status === 'error' && <Refused {...read} />}
      </Page>
    )
  }
  const { product } = read
  const type = PRODUCT_TYPES[product.type]
  const lang = languageOf(product)
  return (
    <Page
      title={product.title}
      lang={lang}
      before={
        <p className="kicker">
          <Link href={`/?type=${product.type}`}>{type?.many ?? product.type}</Link>
        </p>
      }
    >
      <div className="product">
        <div className="product-main">
          <Cover product={product} large />
          <p className="lead" lang={lang} dir="auto">
            {product.description}
          </p>
          <ProductFacts product={product} />
          <ProgramParts product={product} />
        </div>
        <BuyBox product={product} />
      </div>
    </Page>
  )
}
