import {
  type AdminPorts,
  bundleParts,
  type CheckTarget,
  checkAttributes,
  type Product,
  type ProductType,
  type Variant,
} from '../catalog/index.ts'
import { type InputIssue, issueUnless } from '../errors/index.ts'

/** The product type of this name, or null. */
export function findProductType({ productTypes }: Pick<AdminPorts, 'productTypes'>, name: string): ProductType | null {
  return productTypes.find((type) => type.name === name) ?? null
}

/** What is wrong with a product itself. `path` is before its members' names, such as `rows.3.`. */
export function checkProduct(product: Product, type: ProductType, path = ''): readonly InputIssue[] {
  return [
    ...issueUnless(product.title.trim() !== '', `${path}title`, 'must not be empty'),
    ...checkAttributes(product.attributes, type.productAttributes, `${path}attributes`),
  ]
}

/** Asks the providers that the host has configured, for this operator. */
export function targetCheck({ fulfilment }: Pick<AdminPorts, 'fulfilment'>, operator: string): CheckTarget {
  return (provider, target) => {
    const configured = Object.hasOwn(fulfilment, provider) ? fulfilment[provider] : undefined
    if (configured !== undefined) return configured.checkTarget(target, { operator })
    return `must name a provider that the host has configured: ${Object.keys(fulfilment).join(', ') || 'there is none'}`
  }
}

/** Variants that bundles and prerequisites name. */
export function partIds(variants: readonly Partial<Pick<Variant, 'bundle' | 'prerequisite'>>[]): readonly string[] {
  const named = variants.flatMap(({ bundle = null, prerequisite }) => [
    ...(bundle === null ? [] : bundleParts(bundle).map((part) => part.variantId)),
    ...(prerequisite?.variants ?? []),
  ])
  return [...new Set(named)]
}
