import type { Json, JsonObject } from '@bursar/core'
import { didYouMean } from '@bursar/core'
import { isObject, SECTIONS, type Section, type ShopEntry, type ShopProblem } from './shop-file.ts'
import type { ShopState } from './shop-state.ts'

/** Fields that a file does not write, with what to do instead. */
const NOT_WRITTEN: { readonly [S in 'record' | 'product' | 'variant']: { readonly [field: string]: string } } = {
  record: { id: 'is not written: the key of the entry is its id' },
  product: {
    id: 'is not written: the key of a product is its external id',
    productId: 'is not written: the key of a product is its external id',
    externalId: 'is not written: the key of a product is its external id',
  },
  variant: {
    id: 'is not written: the key of a variant is its name',
    name: 'is not written: the key of a variant is its name',
  },
}

/** The entries of a file, and what is wrong with its form. */
export function checkShopFile(
  content: Json | undefined,
  state: ShopState,
): { entries: readonly ShopEntry[]; problems: readonly ShopProblem[] } {
  if (!isObject(content)) {
    const message = `must hold sections (${SECTIONS.join(', ')}), each with entries by their keys`
    return { entries: [], problems: [{ path: [], message }] }
  }
  const strangers = Object.keys(content).flatMap((name): ShopProblem[] => {
    const message = `is no section: ${didYouMean(name, SECTIONS) || `a shop file has ${SECTIONS.join(', ')}`}`
    return SECTIONS.some((section) => section === name) ? [] : [{ path: [name], message }]
  })
  const sections = SECTIONS.map((section) => checkSection(section, content[section] ?? null, state))
  return {
    entries: sections.flatMap(({ entries }) => entries),
    problems: [...strangers, ...sections.flatMap(({ problems }) => problems)],
  }
}

function checkSection(section: Section, value: Json, state: ShopState) {
  if (value === null) return { entries: [], problems: [] }
  if (!isObject(value)) {
    return { entries: [], problems: [{ path: [section], message: 'must hold entries by their keys, and is no list' }] }
  }
  const checked = Object.entries(value).map(([key, fields]) => checkEntry(section, key, { fields, state }))
  return {
    entries: checked.flatMap(({ entry }) => (entry === null ? [] : [entry])),
    problems: checked.flatMap(({ problems }) => problems),
  }
}

function checkEntry(
  section: Section,
  key: string,
  { fields, state }: { fields: Json | undefined; state: ShopState },
): { entry: ShopEntry | null; problems: ShopProblem[] } {
  const path = [section, key]
  if (!isObject(fields)) return { entry: null, problems: [{ path, message: 'must hold fields by their names' }] }
  if (section !== 'products') {
    const problems = [...keyProblems(section, key, state), ...notWritten(fields, 'record', path)]
    return { entry: { section, key, fields: without(fields, 'record') }, problems }
  }
  const { status: _status, type: _type, ...kept } = fields
  const isNew = !state.entries.products.has(key)
  const problems = [...notWritten(fields, 'product', path), ...productProblems(key, fields, state)]
  const written = without(isNew ? { ...kept, ...given('type', fields.type) } : kept, 'product')
  return {
    entry: { section, key, fields: withVariants(written) },
    problems: [...problems, ...variantProblems(fields, path)],
  }
}

const given = (name: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [name]: value })

function keyProblems(section: Section, key: string, state: ShopState): ShopProblem[] {
  if (/^[a-z0-9_-]{1,64}$/.test(key) || state.entries[section].has(key)) return []
  return [{ path: [section, key], message: 'has a key that is no id: write 1 to 64 characters of a–z, 0–9, _ and -' }]
}

/** What no operation changes: of a product that is there its type and whether it is archived. */
function productProblems(key: string, fields: JsonObject, { entries, productIds }: ShopState): ShopProblem[] {
  const before = entries.products.get(key)?.fields
  const path = ['products', key]
  const type = before === undefined || fields.type === undefined || fields.type === before.type
  const status = fields.status === undefined || fields.status === (before?.status ?? 'active')
  return [
    ...(key.length >= 1 && key.length <= 200
      ? []
      : [{ path, message: 'has a key that is no external id: write 1 to 200 characters' }]),
    ...idProblems(key, { entries, productIds }),
    ...(type
      ? []
      : [
          { path: [...path, 'type'], message: `cannot be changed: the shop has it as ${JSON.stringify(before?.type)}` },
        ]),
    ...(status
      ? []
      : [{ path: [...path, 'status'], message: 'is not changed by a file: archive products in the admin' }]),
  ]
}

/** An id leads to a product that has a key of its own: under it, it would be made a second time. */
function idProblems(key: string, { entries, productIds }: Pick<ShopState, 'entries' | 'productIds'>): ShopProblem[] {
  if (!key.startsWith('prd_') || entries.products.has(key)) return []
  const [own] = [...productIds].find(([, id]) => id === key) ?? []
  if (own === undefined) return []
  return [{ path: ['products', key], message: `is the id of a product that has a key: write ${JSON.stringify(own)}` }]
}

function variantProblems({ variants }: JsonObject, path: readonly string[]): ShopProblem[] {
  if (variants === undefined) return []
  const at = [...path, 'variants']
  if (!isObject(variants)) return [{ path: at, message: 'must hold variants by their names, and is no list' }]
  return Object.entries(variants).flatMap(([name, variant]) =>
    isObject(variant)
      ? notWritten(variant, 'variant', [...at, name])
      : [{ path: [...at, name], message: 'must hold fields by their names' }],
  )
}

function withVariants(fields: JsonObject): JsonObject {
  if (!isObject(fields.variants)) return fields
  const variants = Object.entries(fields.variants).map(([name, variant]) => [
    name,
    isObject(variant) ? without(variant, 'variant') : variant,
  ])
  return { ...fields, variants: Object.fromEntries(variants) }
}

function notWritten(fields: JsonObject, of: keyof typeof NOT_WRITTEN, path: readonly string[]): ShopProblem[] {
  return Object.entries(NOT_WRITTEN[of]).flatMap(([name, message]) =>
    Object.hasOwn(fields, name) ? [{ path: [...path, name], message }] : [],
  )
}

/** Of what is not written no operation is asked. */
function without(fields: JsonObject, of: keyof typeof NOT_WRITTEN): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(NOT_WRITTEN[of], name)))
}
