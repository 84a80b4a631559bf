import { type AdminClient, type CatalogRow, type InputIssue, isBursarError } from '@bursar/core'
import { formatRefusal } from '../import/format-report.ts'
import type { ImportRefusal, ImportReport } from '../import/index.ts'
import { visible } from '../import/visible.ts'
import type { Terminal } from './terminal.ts'

/** What rows are taken by. */
export interface TakeRowsOptions {
  /** Where the shop is: for a dry run one that forgets. */
  readonly admin: AdminClient
  /** Does it forget? */
  readonly isDryRun: boolean
  /** Are products that the shop refuses left out? */
  readonly skipsInvalid: boolean
  /** Which column was taken for which field. */
  readonly columns: ImportReport['columns']
  /** Where it is told. */
  readonly terminal: Terminal
}

/** Stores rows, and tells what the shop refuses by the file's lines; answers the exit code. */
export async function takeRows(rows: readonly CatalogRow[], options: TakeRowsOptions): Promise<number> {
  const { admin, isDryRun, skipsInvalid, terminal } = options
  // Each round leaves out at least one product: what one round refuses may be a part of a bundle in the next.
  for (let left = rows; left.length > 0; ) {
    const imported = await imports(admin, left)
    if ('created' in imported) {
      const { created, updated, unchanged } = imported
      const made = `${created === 1 ? 'product' : 'products'} ${isDryRun ? 'would be made' : 'made'}`
      const end = isDryRun ? ' Nothing was stored.' : ''
      if (isDryRun) terminal.write(clearedBy(left))
      terminal.write(`${created} ${made}, ${updated} changed, ${unchanged} as they were.${end}\n`)
      return 0
    }
    const placed = imported.issues.map((issue) => placeOf(issue, left))
    for (const place of placed) terminal.complain(lineOf(place, options.columns))
    if (placed.some(({ row }) => row === null)) {
      terminal.complain('Nothing was stored.\n')
      return 1
    }
    if (!skipsInvalid) {
      if (imported.untold > 0) terminal.complain(`  … and ${imported.untold} more.\n`)
      terminal.complain('Nothing was stored. Correct the rows, or leave them out by --skip-invalid.\n')
      return 1
    }
    const refused = new Set(placed.map(({ row }) => row?.productExternalId))
    left = left.filter(({ productExternalId }) => !refused.has(productExternalId))
  }
  terminal.complain('Nothing was stored: the file has no row that can be taken.\n')
  return 1
}

/** What empty cells take away is told before it is gone. */
function clearedBy(rows: readonly CatalogRow[]): string {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const { productAttributes, variantAttributes, ...cells } = row
    for (const [field, value] of Object.entries({ ...productAttributes, ...variantAttributes, ...cells })) {
      if (value === null || value === '') counts.set(field, (counts.get(field) ?? 0) + 1)
    }
  }
  const fields = [...counts].map(([field, count]) => `${field} in ${count} ${count === 1 ? 'row' : 'rows'}`)
  return fields.length === 0 ? '' : `Empty cells clear what the shop has there: ${fields.join(', ')}.\n`
}

async function imports(admin: AdminClient, rows: readonly CatalogRow[]) {
  try {
    return await admin.products.import({ rows })
  } catch (error) {
    if (!isBursarError(error, 'import_refused')) throw error
    const { issues, data } = error
    const all = typeof data === 'object' && data !== null && 'issues' in data ? Number(data.issues) : 0
    return { issues, untold: all - issues.length }
  }
}

interface Place {
  readonly issue: InputIssue
  /** The row that it is about; null for all together. */
  readonly row: CatalogRow | null
  readonly field: string | null
}

/** `rows.12.slug` is of the rows as they were handed over: the file has other lines. */
function placeOf(issue: InputIssue, rows: readonly CatalogRow[]): Place {
  const [, index, field = null] = /^rows\.(\d+)(?:\.(attributes\.[^.]+|[^.]+))?/.exec(issue.path) ?? []
  return { issue, row: rows[Number(index)] ?? null, field }
}

function lineOf({ issue, row, field }: Place, columns: ImportReport['columns']): string {
  const sentence = /[.!?]$/.test(issue.message) ? issue.message : `${issue.message}.`
  if (row === null) return `  ${visible(`${issue.path} ${sentence}`)}\n`
  const cell = field === null ? undefined : row[field as keyof CatalogRow] // other names have no cell
  const refusal: ImportRefusal = {
    line: row.line,
    column: columns.find((column) => column.field === field)?.column ?? field,
    value: typeof cell === 'string' ? cell : '',
    reason: sentence,
  }
  return `${formatRefusal(refusal)}\n`
}
