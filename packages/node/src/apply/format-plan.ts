import type { Json } from '@bursar/core'
import { visible } from '../import/visible.ts'
import { pricesOf } from './compare-entries.ts'
import type { PlannedEntry, ShopPlan } from './plan-shop.ts'
import { type FilePath, isObject, nameOf, type ShopProblem } from './shop-file.ts'

/** Longest value that is shown, in characters. */
const MAXIMUM_VALUE_LENGTH = 120

const MARKS = { create: '+', change: '~', keep: '=' } as const

/**
 * What a plan would do, for a terminal: what is made, products with their prices, and of what is changed each field from
 * what to what.
 */
export function formatPlan({ entries }: ShopPlan): string {
  const lines = entries.filter(({ action }) => action !== 'keep').flatMap(entryLines)
  return [...lines, countLine(entries), ''].join('\n')
}

/** What is wrong in a file, line by line as an editor counts them. */
export function formatProblems(
  problems: readonly ShopProblem[],
  { file, lineOf }: { file: string; lineOf(path: FilePath): number },
): string {
  const placed = problems.map(({ path, message }) => ({ line: lineOf(path), path: path.join('.'), message }))
  return placed
    .sort((left, right) => left.line - right.line)
    .map(({ line, path, message }) => {
      const sentence = visible(`${file}:${line} ${path === '' ? 'The file' : path} ${message}`)
      return `${sentence}${sentence.endsWith('?') ? '' : '.'}\n`
    })
    .join('')
}

/** `+ promotions.spring`. */
export function entryLine(entry: Pick<PlannedEntry, 'section' | 'key' | 'action'>): string {
  return `${MARKS[entry.action]} ${visible(nameOf(entry))}`
}

function entryLines(entry: PlannedEntry): string[] {
  return [
    entryLine(entry),
    ...newPrices(entry).map(({ path, price }) => `    ${visible(path.join('.'))}: ${shown(price)}`),
    ...entry.changes.map(
      ({ path, before, after }) => `    ${visible(path.join('.'))}: ${shown(before)} → ${shown(after)}`,
    ),
  ]
}

/** Of what is made prices alone are shown: a wrong one is sold at. */
const newPrices = ({ section, action, fields }: PlannedEntry): ReturnType<typeof pricesOf> =>
  section === 'products' && action === 'create' ? pricesOf(fields) : []

function countLine(entries: readonly PlannedEntry[]): string {
  const count = (action: PlannedEntry['action']): number => entries.filter((entry) => entry.action === action).length
  if (count('create') + count('change') === 0) return `Nothing to do: ${count('keep')} unchanged.`
  return `${count('create')} to create, ${count('change')} to change, ${count('keep')} unchanged.`
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing'
  const text = visible(JSON.stringify(isObject(value) ? withoutNothing(value) : value))
  return text.length <= MAXIMUM_VALUE_LENGTH ? text : `${[...text].slice(0, MAXIMUM_VALUE_LENGTH - 1).join('')}…`
}

function withoutNothing(value: { readonly [name: string]: Json | undefined }): Json {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
}
