import {
  bundleParts,
  type Product,
  type Publication,
  type PublicationRecord,
  products,
  publicationOf,
  publications,
  type Variant,
  variants,
} from '../catalog/index.ts'
import type { Scope, Storage, Stored } from '../ports/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import { BoundedMap, byId, readAll, readLists } from '../storage/index.ts'
import { type BookWhole, readWhole } from './book-whole.ts'
import type { VariantPrices } from './price-list.ts'
import { type PricingVersion, variantPrices, WHOLE } from './pricing.collection.ts'
import { isSameVersion, pricingNews, type ToldVersion } from './pricing-news.ts'
import { ReadOnce } from './read-once.ts'
import type { ReadOwnership } from './read-ownership.ts'
import { RightsAhead } from './rights-ahead.ts'

/** Variants, and publications, kept in the process, per operator; those that are asked for least go first. */
const MAXIMUM_ENTRIES = 8000

/** A variant with all that pricing and delivery need of it. */
export interface BookEntry {
  /** The variant. */
  variant: Variant
  /** Its product. A process keeps thousands, and of a course its description may be longer than all else. */
  product: Omit<Product, 'description'>
  /** Its prices. */
  prices: VariantPrices['prices']
  /** What it cost before. @default none known */
  past?: VariantPrices['past']
}

/** What makes the reading of variants that are not known yet shorter. */
export interface BookReading {
  /** Publications on this site are read along. @default none */
  site?: string | undefined
  /** Of which product a variant probably is: it is read along, and counts where it is. @default nobody knows */
  productOf?: ((variantId: string) => string | undefined) | undefined
}

/**
 * What an operator's prices are made of, kept in the process and never stale for a quote that is charged: each use case
 * reads the operator's pricing version together with its own documents, and drops what the version's log names.
 */
export class PriceBook {
  /** What it was told last; undefined before it was told of any. What is being read when it is told of another is not kept. */
  #told: ToldVersion | undefined
  readonly #whole: ReadOnce<BookWhole>
  readonly #entries = new BoundedMap<string, BookEntry | null>(MAXIMUM_ENTRIES)
  readonly #publications = new BoundedMap<string, Publication | null>(MAXIMUM_ENTRIES)
  /** Says what a customer owns; null where nobody can. */
  readonly ownership: ReadOwnership | null
  /** The same, begun before the customer's record is read. */
  readonly rightsAhead: RightsAhead | null
  readonly #storage: Storage
  readonly #scope: Scope

  constructor(storage: Storage, operator: string, rules: PromotionRules, ownership: ReadOwnership | null = null) {
    this.#storage = storage
    this.#scope = { operator }
    this.#whole = new ReadOnce(() => readWhole(storage, this.#scope, rules))
    this.ownership = ownership
    this.rightsAhead = ownership === null ? null : new RightsAhead(ownership)
  }

  /** Drops what is another in this version. Call it with what was read in the same round trip as the cart. */
  sync(stored: Stored<PricingVersion> | null): void {
    const told = this.#told
    if (told !== undefined && isSameVersion(told, stored)) return
    this.#told = stored
    const news = pricingNews(told, stored)
    if ('ids' in news) for (const id of news.ids) this.#drop(id)
    else this.#dropAll(news.isWholeKept)
  }

  /** What the operator has few of: read once, however many ask before it is there. */
  whole(): Promise<BookWhole> {
    return this.#whole.get()
  }

  /** The same as the process knows it by now, before it is known whether it still holds; null where it was not loaded. */
  get known(): BookWhole | null {
    return this.#whole.known
  }

  /** Are these variants, without parts of bundles, known by now? */
  knows(ids: readonly string[]): boolean {
    return ids.every((id) => this.#entries.has(id))
  }

  /** Variants with product and prices, and those of their bundles' parts; null for one that does not exist. */
  async entries(ids: readonly string[], reading: BookReading = {}): Promise<Map<string, BookEntry | null>> {
    const found = new Map<string, BookEntry | null>()
    let wanted: readonly string[] = ids
    while (wanted.length > 0) {
      const missing: string[] = []
      // Taken before the others are read: by then it may have been dropped.
      for (const id of wanted) {
        const entry = this.#entries.get(id)
        if (entry === undefined) missing.push(id)
        found.set(id, entry ?? null)
      }
      const loaded = missing.length === 0 ? [] : await this.#load(missing, reading)
      for (const [id, entry] of loaded) found.set(id, entry)
      const parts = wanted.flatMap((id) => {
        const bundle = found.get(id)?.variant.bundle ?? null
        return bundle === null ? [] : bundleParts(bundle).map((part) => part.variantId)
      })
      wanted = [...new Set(parts)].filter((id) => !found.has(id))
    }
    return found
  }

  /** Publications of products on a site; null for one that is not there. */
  async publications(site: string, productIds: readonly string[]): Promise<Map<string, Publication | null>> {
    const known = new Map(productIds.map((id) => [id, this.#publications.get(`${site}:${id}`) ?? null]))
    const missing = this.#unpublished([...known.keys()], site)
    for (const [id, publication] of await this.#loadPublications(site, missing)) known.set(id, publication)
    return known
  }

  async #loadPublications(site: string, missing: readonly string[]): Promise<[string, Publication | null][]> {
    if (missing.length === 0) return []
    const told = this.#told
    const refs = missing.map((id) => byId(publications, id))
    const read = await readAll(this.#storage, { ...this.#scope, site }, ...refs)
    const loaded = missing.map((id, place): [string, Publication | null] => [id, publicationIn(read[place])])
    if (told === this.#told) for (const [id, body] of loaded) this.#publications.set(`${site}:${id}`, body)
    return loaded
  }

  /** One round trip where it was known which products they are of, else two. */
  async #load(ids: readonly string[], { site, productOf }: BookReading): Promise<Map<string, BookEntry | null>> {
    const [storage, scope, told] = [this.#storage, { ...this.#scope, site }, this.#told]
    const guessed = distinct(ids.flatMap((id) => productOf?.(id) ?? []))
    const unpublished = this.#unpublished(guessed, site)
    const [found, priced, sold, published] = await readLists(
      storage,
      scope,
      ids.map((id) => byId(variants, id)),
      ids.map((id) => byId(variantPrices, id)),
      guessed.map((id) => byId(products, id)),
      unpublished.map((id) => byId(publications, id)),
    )
    const productIds = distinct(found.flatMap((stored) => stored?.body.productId ?? []))
    const others = productIds.filter((id) => !guessed.includes(id))
    const othersUnpublished = this.#unpublished(others, site)
    const [othersSold, othersPublished] = await readLists(
      storage,
      scope,
      others.map((id) => byId(products, id)),
      othersUnpublished.map((id) => byId(publications, id)),
    )
    const byProduct = new Map([...sold, ...othersSold].flatMap((stored) => (stored ? [[stored.id, stored.body]] : [])))
    const loaded = new Map(
      ids.map((id, place) => [id, entryOf(found[place]?.body, priced[place]?.body, byProduct)] as const),
    )
    if (told !== this.#told) return loaded
    for (const [id, entry] of loaded) this.#entries.set(id, entry)
    const known = [...published, ...othersPublished]
    for (const [place, id] of [...unpublished, ...othersUnpublished].entries()) {
      this.#publications.set(`${site}:${id}`, publicationIn(known[place]))
    }
    return loaded
  }

  /** Of these products those of which it is not known how they are published on a site; without a site none. */
  #unpublished(productIds: readonly string[], site: string | undefined): readonly string[] {
    return site === undefined ? [] : productIds.filter((id) => !this.#publications.has(`${site}:${id}`))
  }

  #drop(id: string): void {
    if (id === WHOLE) this.#whole.drop()
    this.#entries.delete(id)
    this.#publications.delete(id)
  }

  #dropAll(isWholeKept: boolean): void {
    if (!isWholeKept) this.#whole.drop()
    this.#entries.clear()
    this.#publications.clear()
  }
}

/** The books of all operators that this process serves. */
export class PriceBooks {
  readonly #books = new BoundedMap<string, PriceBook>(MAXIMUM_ENTRIES)
  readonly #storage: Storage
  readonly #rules: PromotionRules
  readonly #ownership: ReadOwnership | null

  /**
   * @param rules the kinds of conditions and benefits, by which promotions are found.
   * @param ownership says what customers own; null where nobody can.
   */
  constructor(storage: Storage, rules: PromotionRules, ownership: ReadOwnership | null = null) {
    this.#storage = storage
    this.#rules = rules
    this.#ownership = ownership
  }

  /** The book of an operator. */
  of(operator: string): PriceBook {
    const known = this.#books.get(operator)
    if (known !== undefined) return known
    const book = new PriceBook(this.#storage, operator, this.#rules, this.#ownership)
    this.#books.set(operator, book)
    return book
  }
}

const publicationIn = (stored: Stored<PublicationRecord> | null | undefined): Publication | null =>
  stored ? publicationOf(stored.body) : null

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)]

function entryOf(
  variant: Variant | undefined,
  priced: VariantPrices | undefined,
  byProduct: ReadonlyMap<string, Product>,
): BookEntry | null {
  if (variant === undefined) return null
  const found = byProduct.get(variant.productId)
  if (found === undefined) return null
  const { description: _description, ...product } = found
  return { variant, product, prices: priced?.prices ?? [], past: priced?.past }
}
