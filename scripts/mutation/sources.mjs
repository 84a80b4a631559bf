import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run/workspace.mjs'

/** The folder that Stryker runs in; names of sources are relative to it. */
export const core = join(root, 'packages', 'core')

/** The folders of core that hold the rules of money. */
export const FOLDERS = ['money', 'tax', 'promotion', 'pricing', 'refund']

/** What holds no rule: tests, their samples and what they reckon again with, schemas, declarations of collections, lists of names. */
const LEFT_OUT =
  /[.](test|test-d|schema|collection|bench)[.]ts$|[/](index|sample-inputs|sample-order|reckon-exactly)[.]ts$|[/]worked-examples[/]/

/** Where the tests of a folder's sources are, if not in the folder alone: what is priced shows most of what is wrong. */
const TESTS = {
  tax: ['src/tax', 'src/pricing/worked-examples', 'src/pricing/tax-rounding.property.test.ts'],
  promotion: [
    ...['src/promotion', 'src/pricing/worked-examples', 'src/pricing/promotion-examples.test.ts'],
    'src/pricing/apply-promotions.test.ts',
  ],
}

/** What reads the storage is tested through a whole shop, besides the tests of its folder. */
const THROUGH_A_SHOP = {
  tests: ['src/pricing', 'src/commerce', 'src/cart', 'src/checkout', 'src/admin'],
  sources: [
    ...['code-facts', 'count-uses', 'find-promotions', 'gather-pricing-inputs', 'lowest-recent', 'owned-facts'],
    ...['ownership-question', 'past-prices', 'price-book', 'price-list-kind', 'priced-variants', 'pricing-change'],
    ...['read-counters', 'take-calculated', 'tax-answer', 'told-quote'],
  ],
}

/** The sources that are broken: `src/money/rate.ts`. */
export const listSources = () =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(core, 'src', folder), { recursive: true })
      .map((file) => `src/${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.ts') && !LEFT_OUT.test(file))
      .sort(),
  )

export const folderOf = (source) => source.split('/')[1]

/** The folders (or files) of tests that run while a source is broken. */
export const testsOf = (source) => {
  const name = source.match(/^src[/]pricing[/](.*)[.]ts$/)?.[1]
  if (name !== undefined && THROUGH_A_SHOP.sources.includes(name)) return THROUGH_A_SHOP.tests
  return TESTS[folderOf(source)] ?? [`src/${folderOf(source)}`]
}

/** What a source's score was reckoned for: its code, whatever its comments and its indentation say. */
export const fingerprint = (source) => fingerprintOf(readFileSync(join(core, source), 'utf8'))

export const fingerprintOf = (text) => {
  const code = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(\/\/|\/\*\*?|\*)/.test(line))
  return createHash('sha256').update(code.join('\n')).digest('hex').slice(0, 16)
}
