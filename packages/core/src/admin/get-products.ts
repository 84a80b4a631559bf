import type { Product } from '../catalog/index.ts'
import { type AdminPorts, type AdminProduct, type ProductRef, products } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import {
  listPage,
  PAGE_SIZE,
  type PageAnswer,
  type PageAsked,
  type RecordPage,
  refuseBadCursor,
} from '../storage/index.ts'
import { readProductState, readProductStates } from './product-state.ts'
import { adminProduct } from './product-view.ts'

/** Products of the operator, archived ones too: newest first, or by search. */
export async function listAdminProducts(
  ports: Pick<AdminPorts, 'storage'>,
  call: Call,
  input: PageAsked & { search?: string | undefined },
): Promise<PageAnswer<AdminProduct>> {
  const { items, nextCursor } = await (isBlank(input.search)
    ? listPage(ports.storage, call.scope, products, { index: 'createdAt', order: 'desc', page: input })
    : searchProducts(ports, call, { ...input, text: input.search ?? '' }))
  const states = await readProductStates(ports.storage, call, items)
  return { items: states.map(adminProduct), nextCursor }
}

/** One product of the operator. @throws BursarError `not_found` */
export async function getAdminProduct(
  ports: Pick<AdminPorts, 'storage'>,
  call: Call,
  input: ProductRef,
): Promise<AdminProduct> {
  const state = await readProductState(ports.storage, call, input.productId)
  if (state === null) throw new BursarError('not_found')
  return adminProduct(state)
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === ''

async function searchProducts(
  { storage }: Pick<AdminPorts, 'storage'>,
  call: Call,
  { text, cursor, limit = PAGE_SIZE }: PageAsked & { text: string },
): Promise<RecordPage<Product>> {
  // People search; a list without search is walked by programs that decide by it, and is always of now.
  const query = { in: products.name, text, cursor, limit, mayLag: true }
  const page = await refuseBadCursor(() => storage.search(call.scope, query))
  return page as unknown as RecordPage<Product> // what stands in a collection has the collection's type
}
