import type { CatalogRow } from '../catalog/index.ts'
import type { InputIssue } from '../errors/index.ts'
import type { Instant } from '../time/index.ts'

/** Columns of a row that begin and end something, by where it is told that they contradict each other. */
const WINDOWS = {
  saleEndsAt: ['saleStartsAt', 'saleEndsAt'],
  serviceEnd: ['serviceStart', 'serviceEnd'],
  until: ['publishFrom', 'publishUntil'],
} as const

type Column = (typeof WINDOWS)[keyof typeof WINDOWS][number]

/**
 * Issues of a row as its author understands them: what ends before it begins is told by the column that the row names, and with
 * the date that the shop keeps.
 *
 * @param path leads to the row.
 * @param after the dates as they would be stored.
 */
export function tellWindows(
  issues: readonly InputIssue[],
  path: string,
  { row, after }: { row: CatalogRow; after: { readonly [Name in Column]?: Instant | null | undefined } },
): readonly InputIssue[] {
  return issues.map((issue) => {
    const told = Object.entries(WINDOWS).find(([name]) => issue.path === `${path}.${name}`)
    if (told === undefined) return issue
    const [from, until] = told[1]
    const isEnd = row[until] !== undefined
    const [own, other] = isEnd ? [until, from] : [from, until]
    const kept = row[other] === undefined ? `, which the shop has as ${after[other]}` : ''
    return { path: `${path}.${own}`, message: `must be ${isEnd ? 'later' : 'earlier'} than \`${other}\`${kept}` }
  })
}
