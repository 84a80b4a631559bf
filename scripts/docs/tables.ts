// Writes the tables of the docs that the code knows better; with `--check` only says which are not up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..', '..')

/** A table of a page, between `<!-- name -->` and `<!-- /name -->`. */
interface Table {
  page: string
  name: string
  rows: readonly (readonly string[])[]
}

/** The pages whose tables say something else than the code, after they were rewritten if `write`. */
export const staleTables = async ({ write }: { write: boolean }): Promise<string[]> => {
  const stale: string[] = []
  for (const { page, name, rows } of await tables()) {
    const file = join(root, page)
    const before = readFileSync(file, 'utf8')
    const [, begin, shown = '', end] = region(name).exec(before) ?? []
    if (begin === undefined) throw new Error(`${page} has no place for the table ${name}.`)
    if (unpadded(shown) === unpadded(markdown(rows))) continue
    stale.push(`${page}: ${name}`)
    // A function, for a sentence may hold what `replace` would take for a reference.
    if (write)
      writeFileSync(
        file,
        before.replace(region(name), () => `${begin}\n\n${markdown(rows)}\n\n${end}`),
      )
  }
  return stale
}

const tables = async (): Promise<Table[]> => {
  const { ERRORS }: { ERRORS: Record<string, { status: number; sentence: string }> } = await fromCore('errors/codes.ts')
  const { BursarError }: { BursarError: new (code: string) => { isRetryable: boolean } } =
    await fromCore('errors/bursar-error.ts')
  const { IMPORT_FIELDS }: { IMPORT_FIELDS: Record<string, string> } = await fromCore('catalog/import-fields.ts')
  const { CHECK_NAMES }: { CHECK_NAMES: readonly { name: string; invariant: string }[] } =
    await fromCore('report/checks.ts')
  return [
    {
      page: 'docs/http-api.md',
      name: 'errors',
      rows: [
        ['Code', 'Status', 'Sentence', 'Again'],
        ...Object.entries(ERRORS).map(([code, { status, sentence }]) => [
          `\`${code}\``,
          String(status),
          sentence,
          new BursarError(code).isRetryable ? 'yes' : '',
        ]),
      ],
    },
    {
      page: 'docs/import.md',
      name: 'fields',
      rows: [['Field', 'Holds'], ...Object.entries(IMPORT_FIELDS).map(([field, help]) => [`\`${field}\``, help])],
    },
    {
      page: 'docs/invariants.md',
      name: 'checks',
      rows: [['Invariant', 'Check'], ...CHECK_NAMES.map(({ name, invariant }) => [invariant, name])],
    },
    { page: 'docs/payments.md', name: 'tokens', rows: [['Token', 'What happens'], ...paymentTokens()] },
  ]
}

/** The tokens with their doc comments: what they do is said there, once. */
const paymentTokens = (): string[][] => {
  const source = read('packages/core/src/testing/simulated-processor/payment-scripts.ts')
  return [...source.matchAll(/\/\*\* (.+?) \*\/\s+(tok_\w+):/g)].map(([, comment = '', token]) => [
    `\`${token}\``,
    comment,
  ])
}

// By their files: tables of the code are no exports of a package for the sake of its pages.
const fromCore = (file: string) => import(pathToFileURL(join(root, 'packages', 'core', 'src', file)).href)

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const region = (name: string): RegExp => new RegExp(`(<!-- ${name} -->)([^]*?)(<!-- /${name} -->)`)

/** A table without what the formatter adds to make its columns even. */
const unpadded = (table: string): string =>
  table
    .trim()
    .replaceAll(/ *[|] */g, '|')
    .replaceAll(/-{3,}/g, '---')

const markdown = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n')

const escaped = (cell: string): string => cell.replaceAll('|', '\\|')

if (process.argv[1] === import.meta.filename) {
  const write = !process.argv.includes('--check')
  const stale = await staleTables({ write })
  for (const table of stale) console.log(`${write ? 'written' : 'not up to date'}: ${table}`)
  if (!write && stale.length > 0) process.exitCode = 1
}
