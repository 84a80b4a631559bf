import { canonicalJson } from '../ids/index.ts'
import type { CatalogRow } from './import-row.ts'
import type { ImportIssue } from './import-row-reader.ts'
import { settleSlugs } from './import-slugs.ts'

/** What the rows of one file came to when they were held against each other. */
export interface CheckedImport {
  /** Rows that can be stored together, in the file's order, each variant once, slugs unique; all of a product say the same of it. */
  readonly rows: readonly CatalogRow[]
  /** Why the others cannot. */
  readonly issues: readonly ImportIssue[]
  /** Lines that say again what an earlier line said; they are neither stored nor wrong. */
  readonly repeated: readonly number[]
}

/** What a check knows beyond the file. */
export interface CheckImportOptions {
  /** External ids of single variants (no bundles) that the shop has already, so that bundles may name them. */
  knownVariants?: ReadonlySet<string> | undefined
}

const PRODUCT_FIELDS = [
  'type',
  'title',
  'description',
  'productAttributes',
  'collections',
  'publish',
  'publishFrom',
  'publishUntil',
] as const satisfies readonly (keyof CatalogRow)[]

/**
 * Holds the valid rows of a file against each other: the same variant twice, rows of one product that disagree about
 * it, slugs that clash, bundle parts that do not exist. What a row does not name disagrees with nothing. Of rows that disagree the first is kept; a slug made from a
 * title gives way. Pure; costs one pass for each rule.
 */
export function checkImport(rows: readonly CatalogRow[], options: CheckImportOptions = {}): CheckedImport {
  const single = withoutRepeats(rows)
  const agreed = withAgreement(single.rows)
  const settled = settleSlugs(agreed.rows)
  const bundled = withWholeBundles(settled.rows, options.knownVariants ?? new Set())
  const issues = [...single.issues, ...agreed.issues, ...settled.issues, ...bundled.issues]
  return { rows: bundled.rows, issues: issues.sort((left, right) => left.line - right.line), repeated: single.repeated }
}

/** External ids that bundles of the file name and the file itself does not have: to be looked up in the shop. */
export function missingBundleParts(rows: readonly CatalogRow[]): readonly string[] {
  const present = new Set(rows.map((row) => row.variantExternalId))
  return [...new Set(rows.flatMap((row) => row.bundleParts))].filter((part) => !present.has(part))
}

interface Sifted {
  rows: CatalogRow[]
  issues: ImportIssue[]
}

/** Splits rows by what speaks against each: an issue's field and sentence, or null. */
function sift(rows: readonly CatalogRow[], objection: (row: CatalogRow) => Objection | null): Sifted {
  const kept: CatalogRow[] = []
  const issues: ImportIssue[] = []
  for (const row of rows) {
    const found = objection(row)
    if (found === null) kept.push(row)
    else issues.push({ line: row.line, ...found })
  }
  return { rows: kept, issues }
}

type Objection = Omit<ImportIssue, 'line'>

/** Each variant once: what only a row that repeats it names counts too. */
function withoutRepeats(rows: readonly CatalogRow[]): Sifted & { repeated: number[] } {
  const firsts = new Map<string, CatalogRow>()
  const repeated: number[] = []
  const { issues } = sift(rows, (row) => {
    const first = firsts.get(row.variantExternalId) ?? row
    const different = differingFields(first, row, Object.keys({ ...first, ...row }) as (keyof CatalogRow)[]) // a row has no other keys
    if (different.length > 0) {
      const message = `Line ${first.line} has the same variant and differs in ${different.join(', ')}: that line is kept.`
      return { column: 'variantExternalId', message }
    }
    if (first !== row) repeated.push(row.line)
    firsts.set(row.variantExternalId, first === row ? row : joined(first, row))
    return null
  })
  return { rows: [...firsts.values()], issues, repeated }
}

/** Rows of one product say the same of it, and each of its variants has a name of its own. What one of them says of it, all do. */
function withAgreement(rows: readonly CatalogRow[]): Sifted {
  const products = new Map<string, CatalogRow>()
  const names = new Map<string, number>()
  const agreed = sift(rows, (row) => {
    const first = products.get(row.productExternalId) ?? row
    const areSlugsGiven = first.slugSource === 'given' && row.slugSource === 'given'
    const different = differingFields(first, row, areSlugsGiven ? [...PRODUCT_FIELDS, 'slug'] : PRODUCT_FIELDS)
    if (different.length > 0) {
      const message = `Line ${first.line} has the same product and differs in ${different.join(', ')}: that line is kept.`
      return { column: different[0] ?? null, message }
    }
    // What keeps the name that the shop has is held against the others when it is stored.
    const name = row.variantName === undefined ? null : JSON.stringify([row.productExternalId, row.variantName])
    const sameName = name === null ? undefined : names.get(name)
    if (sameName !== undefined) {
      const message = `Line ${sameName} has a variant of the same name in the same product, under another id.`
      return { column: 'variantName', message }
    }
    products.set(row.productExternalId, first === row ? row : joined(first, row))
    if (name !== null) names.set(name, row.line)
    return null
  })
  const filled = agreed.rows.map((row) => {
    const product = products.get(row.productExternalId) ?? row
    if (product === row) return row
    return { ...row, ...Object.fromEntries(PRODUCT_FIELDS.map((field) => [field, product[field]])) }
  })
  return { rows: filled, issues: agreed.issues }
}

/** Two rows that do not differ as one: of each field that one names the value. */
function joined(first: CatalogRow, row: CatalogRow): CatalogRow {
  const named = Object.fromEntries(Object.entries(first).filter(([, value]) => value !== undefined))
  return {
    ...row,
    ...named,
    productAttributes: { ...row.productAttributes, ...first.productAttributes },
    variantAttributes: { ...row.variantAttributes, ...first.variantAttributes },
  }
}

function differingFields(left: CatalogRow, right: CatalogRow, fields: readonly (keyof CatalogRow)[]): string[] {
  return fields.filter((field) => {
    if (field === 'line') return false
    if (field !== 'productAttributes' && field !== 'variantAttributes') return differ(left[field], right[field])
    const [one, other] = [left[field], right[field]]
    return Object.entries(one).some(([name, value]) => Object.hasOwn(other, name) && differ(value, other[name]))
  })
}

/** What one of two rows does not name is no disagreement. */
function differ(left: unknown, right: unknown): boolean {
  if (left === right || left === undefined || right === undefined) return false
  return canonicalJson(left) !== canonicalJson(right)
}

function withWholeBundles(rows: readonly CatalogRow[], known: ReadonlySet<string>): Sifted {
  const singles = new Set(rows.filter((row) => row.bundleParts.length === 0).map((row) => row.variantExternalId))
  const bundles = new Set(rows.filter((row) => row.bundleParts.length > 0).map((row) => row.variantExternalId))
  return sift(rows, (row) => {
    const nested = row.bundleParts.filter((part) => bundles.has(part))
    if (nested.length > 0) return { column: 'bundleParts', message: `A bundle holds no bundles: ${quoted(nested)}.` }
    const missing = row.bundleParts.filter((part) => !singles.has(part) && !known.has(part))
    if (missing.length === 0) return null
    const message = `Neither the accepted rows nor the shop have ${missing.length === 1 ? 'this variant' : 'these variants'}: ${quoted(missing)}.`
    return { column: 'bundleParts', message }
  })
}

function quoted(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).map((id) => JSON.stringify(id))
  return ids.length > 5 ? `${shown.join(', ')} and ${ids.length - 5} more` : shown.join(', ')
}
