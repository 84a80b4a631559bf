import { auditedWrite } from '../audit/index.ts'
import {
  type AdminPorts,
  type AdminProduct,
  type CreateProductInput,
  draftProductFields,
  type Product,
} from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { decide } from '../storage/index.ts'
import { findProductType } from './check-product.ts'
import { commitOfProduct, readForWrite } from './commit-product.ts'
import { draftProduct } from './draft-product.ts'
import { getAdminProduct } from './get-products.ts'

/**
 * Makes a product with its variants and prices, and puts it on the site of the call if it has a publication. Repeated
 * with the same idempotency key it answers the first one.
 * @throws BursarError `invalid_input`, `unique_taken` with the member, `idempotency_key_reused`
 */
export async function createProduct(ports: AdminPorts, call: Call, input: CreateProductInput): Promise<AdminProduct> {
  const write = auditedWrite(ports.runtime, call)
  const type = findProductType(ports, input.type)
  const product: Product = {
    ...draftProductFields(input, null),
    id: ports.runtime.newId('prd'),
    type: input.type,
    externalId: input.externalId ?? null,
    variants: [],
    status: 'active',
    createdAt: call.now,
  }
  if (type === null) throw unknownType(ports)
  const newIds = input.variants.map(() => ports.runtime.newId('var'))
  return decide(ports, call.scope, async () => {
    const { isStored, madeBefore, pricing } = await readForWrite(ports, call, write)
    if (isStored) return { answer: await getAdminProduct(ports, call, { productId: product.id }) }
    if (madeBefore !== null) return { answer: await getAdminProduct(ports, call, { productId: madeBefore }) }
    const draft = await draftProduct(ports, call, { state: null, product, type, newIds, input })
    return commitOfProduct(ports, call, {
      write,
      state: null,
      draft,
      pricing,
      isSlugChosen: input.publication?.slug !== undefined,
    })
  })
}

function unknownType({ productTypes }: AdminPorts): BursarError {
  const message = `must be one of ${productTypes.map(({ name }) => name).join(', ')}`
  return new BursarError('invalid_input', { issues: [{ path: 'type', message }] })
}
