import { assertVersion, auditedWrite } from '../audit/index.ts'
import type { AdminPorts, AdminProduct, Product, ProductRef } from '../catalog/index.ts'
import type { Call } from '../ports/index.ts'
import { type Decision, decide } from '../storage/index.ts'
import { commitOfProduct, openProduct, readForWrite } from './commit-product.ts'
import { adminProduct } from './product-view.ts'
import { syncPublications } from './sync-publications.ts'

/** Takes a product off sale everywhere, for ever; orders keep it. Repeated, it changes nothing. @throws BursarError `not_found` */
export async function archiveProduct(ports: AdminPorts, call: Call, input: ProductRef): Promise<AdminProduct> {
  const write = auditedWrite(ports.runtime, call)
  const answer = await decide(ports, call.scope, async (): Promise<Decision<AdminProduct>> => {
    const { isStored, pricing } = await readForWrite(ports, call, write)
    const state = await openProduct(ports, call, input.productId)
    if (isStored) return { answer: adminProduct(state) }
    assertVersion(call, state.product.version)
    const product: Product = { ...state.product.body, status: 'archived' }
    const draft = { product, variants: [], prices: new Map(), publication: null }
    return commitOfProduct(ports, call, { write, state, pricing, draft, isSlugChosen: false })
  })
  await syncPublications(ports, call, answer.product)
  return answer
}
