import { assertVersion, auditedWrite } from '../audit/index.ts'
import {
  type AdminPorts,
  type AdminProduct,
  draftProductFields,
  type Product,
  type UpdateProductInput,
} from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { type Decision, decide } from '../storage/index.ts'
import { findProductType } from './check-product.ts'
import { commitOfProduct, openProduct, readForWrite } from './commit-product.ts'
import { draftProduct } from './draft-product.ts'
import { adminProduct } from './product-view.ts'
import { syncPublications } from './sync-publications.ts'

/**
 * Changes a product: a variant with a known name is changed, others are added, none is removed.
 * @throws BursarError `not_found`, `version_conflict`, `invalid_input`, `unique_taken` with the member
 */
export async function updateProduct(ports: AdminPorts, call: Call, input: UpdateProductInput): Promise<AdminProduct> {
  const write = auditedWrite(ports.runtime, call)
  const newIds = (input.variants ?? []).map(() => ports.runtime.newId('var'))
  const answer = await decide(ports, call.scope, async (): Promise<Decision<AdminProduct>> => {
    const { isStored, pricing } = await readForWrite(ports, call, write)
    const state = await openProduct(ports, call, input.productId)
    if (isStored) return { answer: adminProduct(state) }
    assertVersion(call, state.product.version)
    const before = state.product.body
    const type = findProductType(ports, before.type)
    if (type === null)
      throw new BursarError('wrong_state', { message: `The host no longer has the type ${before.type}.` })
    const product: Product = { ...before, ...draftProductFields(input, before) }
    const draft = await draftProduct(ports, call, { state, product, type, newIds, input })
    return commitOfProduct(ports, call, {
      ...{ write, state, draft, pricing },
      isSlugChosen: input.publication?.slug !== undefined,
    })
  })
  await syncPublications(ports, call, answer.product)
  return answer
}
