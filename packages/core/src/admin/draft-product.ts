import {
  type AdminPorts,
  checkPublication,
  checkVariant,
  draftVariant,
  type Product,
  type ProductType,
  type PublicationInput,
  type PublicationRecord,
  publications,
  publish,
  slugCandidates,
  type Variant,
  type VariantInput,
  variants,
} from '../catalog/index.ts'
import { type InputIssue, issueUnless, refuseInput } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { checkPrices, type Price, priceLists } from '../pricing/index.ts'
import { byId, byKey, readAll } from '../storage/index.ts'
import { checkProduct, partIds, targetCheck } from './check-product.ts'
import type { ProductDraft } from './product-changes.ts'
import { type ProductState, there } from './product-state.ts'

/** What a draft is made of. */
export interface DraftInput {
  /** What is stored, or null. */
  state: ProductState | null
  /** The product with what the input says of it, but its new variants. */
  product: Product
  /** Its type. */
  type: ProductType
  /** Ids for variants that turn out to be new, by their place in the input. */
  newIds: readonly string[]
  /** Variants and publication as the caller wants them. */
  input: { variants?: readonly VariantInput[] | undefined; publication?: PublicationInput | null | undefined }
}

/** The product as it is to be stored. @throws BursarError `invalid_input` */
export async function draftProduct(ports: AdminPorts, call: Call, given: DraftInput): Promise<ProductDraft> {
  const { state, type, input } = given
  const inputs = input.variants ?? []
  const byName = new Map(state?.variants.map(({ body }) => [body.name, body]))
  const drafted = inputs.map((variant, index) => {
    const before = byName.get(variant.name) ?? null
    const place = { id: given.newIds[index] ?? '', productId: given.product.id, type }
    return { before, variant: draftVariant(variant, before, place) }
  })
  const kept = state?.product.body.variants ?? []
  const added = drafted.filter(({ before }) => before === null).map(({ variant }) => variant.id)
  const product: Product = { ...given.product, variants: [...kept, ...added] }
  const prices = new Map(inputs.flatMap((variant, index) => pricesOf(drafted[index]?.variant, variant)))
  const facts = await readFacts(ports, call, {
    variants: drafted.map(({ variant }) => variant),
    prices,
    given,
    product,
  })
  const path = (index: number): string => `variants.${index}`
  const checkTarget = targetCheck(ports, call.scope.operator)
  const siblings = siblingsOf(
    state,
    drafted.map(({ variant }) => variant),
  )
  refuseInput([
    ...checkProduct(product, type),
    ...checkNames(inputs),
    ...issueUnless(product.variants.length > 0, 'variants', 'must hold at least one'),
    ...drafted.flatMap(({ variant, before }, index) => [
      ...checkVariant(
        variant,
        { type, before, checkTarget, part: (id) => facts.parts.get(id) ?? null, siblings },
        path(index),
      ),
      ...checkPrices(prices.get(variant.id) ?? [], facts.lists, `${path(index)}.prices`),
    ]),
    ...(facts.publication === null ? [] : checkPublication(facts.publication, 'publication')),
    ...issueUnless(
      product.status === 'active' || input.publication === undefined || input.publication === null,
      'publication',
      'cannot be made for an archived product',
    ),
  ])
  return { product, variants: drafted.map(({ variant }) => variant), prices, publication: facts.publication }
}

/** The product's variants as they are to be stored. */
function siblingsOf(state: ProductState | null, drafted: readonly Variant[]): readonly Variant[] {
  const names = new Set(drafted.map(({ name }) => name))
  return [...drafted, ...(state?.variants.map(({ body }) => body).filter(({ name }) => !names.has(name)) ?? [])]
}

function checkNames(inputs: readonly VariantInput[]): InputIssue[] {
  const names = inputs.map(({ name }) => name)
  return names.flatMap((name, index) =>
    issueUnless(
      names.indexOf(name) === index,
      `variants.${index}.name`,
      'is the name of another variant of the product',
    ),
  )
}

function pricesOf(variant: Variant | undefined, input: VariantInput): [string, readonly Price[]][] {
  if (variant === undefined || input.prices === undefined) return []
  return [[variant.id, input.prices.map((price) => ({ ...price, minimumQuantity: price.minimumQuantity ?? 1 }))]]
}

interface Facts {
  /** Variants that bundles name. */
  parts: ReadonlyMap<string, Variant>
  /** Price lists that prices name, those that are there. */
  lists: ReadonlySet<string>
  /** The publication as it is to be stored. */
  publication: PublicationRecord | null
}

/** What the draft names, in one round trip. */
async function readFacts(
  { storage }: AdminPorts,
  call: Call,
  draft: {
    variants: readonly Variant[]
    prices: ReadonlyMap<string, readonly Price[]>
    given: DraftInput
    product: Product
  },
): Promise<Facts> {
  const { input, state } = draft.given
  const listIds = [...new Set([...draft.prices.values()].flat().map((price) => price.priceList))]
  const before = state?.publication?.body ?? null
  const candidates = before === null && input.publication?.slug === undefined ? slugCandidates(draft.product) : []
  const [parts, lists, occupied] = await Promise.all([
    readAll(storage, call.scope, ...partIds(draft.variants).map((id) => byId(variants, id))),
    readAll(storage, call.scope, ...listIds.map((id) => byId(priceLists, id))),
    readAll(storage, call.scope, ...candidates.map((slug) => byKey(publications, 'slug', slug))),
  ])
  const free = candidates.find((_slug, index) => occupied[index] === null)
  const slug = input.publication?.slug ?? before?.slug ?? free ?? candidates.at(-1) ?? ''
  return {
    parts: new Map(there(parts).map(({ id, body }) => [id, body])),
    lists: new Set(there(lists).map(({ id }) => id)),
    publication: publicationToStore(draft.product, { input: input.publication, before, slug }),
  }
}

function publicationToStore(
  product: Product,
  publication: { input: PublicationInput | null | undefined; before: PublicationRecord | null; slug: string },
): PublicationRecord | null {
  const { input, before, slug } = publication
  if (input === null || (input === undefined && before === null)) return null
  return publish(product, input ?? {}, { slug, before })
}
