import type { JsonObject } from '@bursar/core'
import { isObject, nameOf, type ShopEntry, type ShopProblem } from './shop-file.ts'
import type { FoundEntry } from './shop-state.ts'
import { type UniqueValue, uniqueValues } from './unique-values.ts'

/** In which order values that there are once only go from one entry of a file to another. */
export interface HandOvers {
  /** Is an entry to wait, when those of these names are written? */
  mustWait(entry: ShopEntry, written: ReadonlySet<string>): boolean
  /** Values that cannot go over in any order. */
  readonly circles: readonly ShopProblem[]
}

/** An entry that takes what the shop has at another one, which the file makes give it up. */
interface HandOver {
  readonly taker: ShopEntry
  readonly giver: ShopEntry
  readonly value: UniqueValue
}

/** Finds who takes what from whom, on a site. Entries in a circle wait for nobody: they are refused. */
export function handOvers(
  entries: readonly (ShopEntry & { readonly found: FoundEntry | null })[],
  site: string,
): HandOvers {
  const all = entries.map((entry) => {
    const { section, found, fields } = entry
    const before = found === null ? [] : uniqueValues({ section, fields: found.fields }, site)
    return { entry, before, after: uniqueValues({ section, fields: merged(found?.fields ?? {}, fields) }, site) }
  })
  const given = new Map(
    all.flatMap(({ entry, before, after }) =>
      before.filter(({ text }) => !holds(after, text)).map(({ text }) => [`${entry.section} ${text}`, entry] as const),
    ),
  )
  const taken = all.flatMap(({ entry, before, after }) =>
    after.flatMap((value): HandOver[] => {
      const giver = holds(before, value.text) ? undefined : given.get(`${entry.section} ${value.text}`)
      return giver === undefined ? [] : [{ taker: entry, giver, value }]
    }),
  )
  const circular = circlesOf(taken)
  const givers = new Map<string, string[]>()
  for (const { taker, giver } of taken.filter((handOver) => !circular.has(handOver))) {
    givers.set(nameOf(taker), [...(givers.get(nameOf(taker)) ?? []), nameOf(giver)])
  }
  return {
    mustWait: (entry, written) => givers.get(nameOf(entry))?.some((giver) => !written.has(giver)) === true,
    circles: [...circular].map(problemOf),
  }
}

const holds = (values: readonly UniqueValue[], text: string): boolean => values.some((value) => value.text === text)

/** What an entry is after it was written. */
function merged(before: JsonObject, after: JsonObject): JsonObject {
  const publication = isObject(before.publication) &&
    isObject(after.publication) && { publication: { ...before.publication, ...after.publication } }
  return { ...before, ...after, ...publication }
}

/** Those whose giver waits in turn, and is never done. */
function circlesOf(all: readonly HandOver[]): ReadonlySet<HandOver> {
  let left = all
  for (;;) {
    const takers = new Set(left.map(({ taker }) => taker))
    const waiting = left.filter(({ giver }) => takers.has(giver))
    if (waiting.length === left.length) return new Set(left)
    left = waiting
  }
}

const problemOf = ({ taker, giver, value }: HandOver): ShopProblem => ({
  path: [taker.section, taker.key, ...value.path],
  message: `is what ${nameOf(giver)} has, and those that give theirs up wait for each other in a circle: give one of them another first`,
})
