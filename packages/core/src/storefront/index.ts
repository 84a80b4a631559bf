export { getProduct } from './get-product.ts'
export { getSite } from './get-site.ts'
export { listProducts } from './list-products.ts'
export type { StorefrontPorts } from './storefront-ports.ts'
