import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CatalogRow, type Commerce, createCommerce } from '@bursar/core'
import { jwtAuthenticator } from '@bursar/node'
import { localPlatform, type PlatformCourse } from '@bursar/node/local-platform'
import { sqliteStorage } from '@bursar/node/sqlite'
import { testProcessor } from '@bursar/node/test-processor'

/** Site id of the bench's shop. */
export const SITE = 'bench'

/** Who signs the learners' tokens. */
export const LEARNERS = { issuer: 'urn:bursar:bench', audience: 'bursar', secret: 'bench'.repeat(8) }

/** A shop on SQLite in a folder of its own, with full durability, as an operator would run it. */
export interface BenchShop {
  /** The shop. */
  commerce: Commerce
  /** Variant ids, each with a price. */
  variants: readonly string[]
  /** Closes it and removes its files. */
  close(): Promise<void>
}

/** Makes the shop with so many courses. */
export async function benchShop(courses: number): Promise<BenchShop> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-bench-'))
  const commerce = createCommerce({
    storage: sqliteStorage({ file: join(folder, 'shop.sqlite') }),
    payments: { test: testProcessor({ file: join(folder, 'processor.sqlite') }) },
    fulfilment: { campus: localPlatform({ file: join(folder, 'platform.sqlite') }) },
    authenticators: [jwtAuthenticator(LEARNERS)],
    secrets: (ref) => ref.padEnd(32, '.'),
  })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'bench', name: 'Bench' },
    seller: { id: 'bench-seller', legalName: 'Bench Ltd', country: 'DE', currency: 'USD' },
    site: { id: SITE, name: 'Bench', country: 'DE', currencies: ['USD'], hosts: ['127.0.0.1'] },
  })
  const { admin, products } = commerce.as({ type: 'system', site: SITE })
  await admin.priceLists.create({ id: 'list', name: 'List', currency: 'USD' })
  await admin.sites.update({ id: SITE, priceLists: ['list'] })
  await admin.products.import({ rows: courseRows(courses) })
  const page = await products.list({ limit: 100 })
  const variants = page.items.flatMap((product) => product.variants.map((variant) => variant.id))
  const close = async () => {
    await commerce.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { commerce, variants, close }
}

/** Rows of an import: one course each. */
export function courseRows(count: number, first = 0): CatalogRow[] {
  return Array.from({ length: count }, (_, index) => courseRow(first + index))
}

/** The same courses as a learning platform has them: without them it would refuse each delivery. */
export function platformCourses(count: number): PlatformCourse[] {
  return Array.from({ length: count }, (_, index) => ({ id: `course-${index}`, modes: [{ mode: 'verified' }] }))
}

function courseRow(n: number): CatalogRow {
  return {
    line: n + 1,
    productExternalId: `course-${n}`,
    type: 'course',
    title: `Course ${n}: measure twice`,
    description: 'Three sentences that a catalog might hold. They say what it is about. They are all alike.',
    slug: `course-${n}`,
    slugSource: 'given',
    productAttributes: {},
    variantExternalId: `course-${n}:verified`,
    variantName: 'verified',
    variantTitle: '',
    variantAttributes: {},
    prices: [{ currency: 'USD', amount: 4900 + (n % 50) * 100, minimumQuantity: 1 }],
    saleStartsAt: null,
    saleEndsAt: null,
    serviceStart: null,
    serviceEnd: null,
    validityDays: null,
    capacity: null,
    maximumQuantity: 1,
    taxCategory: 'digital_learning',
    fulfilment: { provider: 'campus', target: { course: `course-${n}`, mode: 'verified' } },
    bundleParts: [],
    collections: [],
    publish: true,
    publishFrom: null,
    publishUntil: null,
  }
}
