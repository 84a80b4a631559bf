import type { Json } from '@bursar/core'
import { type FilePath, isObject, type ShopProblem } from './shop-file.ts'

const AMOUNTS = new Set(['amount', 'compareAt'])

/** Is it the name of a field that holds minor units? */
export const isAmount = (name: unknown): boolean => typeof name === 'string' && AMOUNTS.has(name)

/** Adds what people stumble over in such files: amounts with a decimal point, and texts that YAML takes for numbers. */
export function explainValue(problem: ShopProblem, content: Json | undefined): ShopProblem {
  const value = valueAt(content, problem.path)
  const advice = adviceFor(problem, value)
  return advice === null ? problem : { ...problem, message: `${problem.message}. ${advice}` }
}

function adviceFor({ path, message }: ShopProblem, value: Json | undefined): string | null {
  if (isAmount(path.at(-1)) && (typeof value === 'string' || (typeof value === 'number' && !Number.isInteger(value)))) {
    return `Here stands ${String(value)}; amounts count minor units: 19.99 EUR is 1999, and 500 JPY is 500`
  }
  const wantsText = /must be .*\b(?:text|id|instant|one of)\b/.test(message)
  if (wantsText && (typeof value === 'number' || typeof value === 'boolean')) {
    return `Here stands the ${typeof value} ${value}; in quotes, '${value}', it is a text`
  }
  return null
}

function valueAt(content: Json | undefined, path: FilePath): Json | undefined {
  return path.reduce<Json | undefined>((value, segment) => {
    if (Array.isArray(value)) return (value as readonly Json[])[Number(segment)]
    return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
  }, content)
}
