import { describe, expect, test } from 'vitest'
import type { Storage } from '../../ports/index.ts'
import { memoryStorage } from '../../storage/index.ts'
import { sabotages } from './sabotages.ts'
import { simulate } from './simulate.ts'

const { env } = (globalThis as { process?: { env: { BURSAR_LARGE?: string } } }).process ?? { env: {} } // of Node, where it runs
const isLarge = env.BURSAR_LARGE === '1'
/** Small schedules in each run of the checks, and in a large one. */
const SEEDS = isLarge ? 10_000 : 150
const LARGE_SEEDS = isLarge ? 200 : 3
/** A limit for what hangs, in milliseconds. */
const LONGEST_MS = 60 * 60_000
/** A sabotage must be found within so many. */
const MOST_SEEDS = 120

describe('a shop in a storm', () => {
  test(
    'keeps every rule, with three buyers and two processes',
    async () => {
      let orders = 0
      let crashes = 0
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const report = await simulate({ seed })
        orders += report.orders
        crashes += report.crashes
        expect(report.findings, `seed ${seed}`).toEqual([])
      }
      expect(orders).toBeGreaterThan(SEEDS)
      expect(crashes).toBeGreaterThan(SEEDS)
    },
    LONGEST_MS,
  )

  test(
    'keeps every rule, with many buyers and four processes',
    async () => {
      for (let seed = 1; seed <= LARGE_SEEDS; seed += 1) {
        const report = await simulate({ seed, buyers: 5 + ((seed * 15) % 46), processes: 4 })
        expect(report.findings, `seed ${seed}`).toEqual([])
      }
    },
    LONGEST_MS,
  )

  test('is the same storm for the same seed', async () => {
    const [first, second] = [await simulate({ seed: 7 }), await simulate({ seed: 7 })]
    expect(second).toEqual(first)
    expect((await simulate({ seed: 8 })).turns).not.toBe(first.turns)
  })

  test('is the same with a storage of one’s own that waits for nothing but promises', async () => {
    expect(await simulate({ seed: 7, storage: memoryStorage() })).toEqual(await simulate({ seed: 7 }))
  })

  test('is the same with a storage that is a class', async () => {
    expect(await simulate({ seed: 7, storage: new ClassStorage() })).toEqual(await simulate({ seed: 7 }))
  })

  test.each<[string, (storage: Storage) => Storage]>([
    ['commit', (storage) => ({ ...storage, commit: later(storage.commit) })],
    ['jobs.lease', (storage) => ({ ...storage, jobs: { ...storage.jobs, lease: later(storage.jobs.lease) } })],
  ])('is refused with a storage whose `%s` waits for real time: nothing would happen in it', async (name, slow) => {
    const report = simulate({ seed: 1, storage: slow(memoryStorage()) })
    await expect(report).rejects.toThrow(`\`${name}\` was not answered`)
    await expect(report).rejects.toThrow('storageContract')
  })

  test.each([{ processes: 0 }, { processes: 1.5 }, { buyers: -1 }])('is refused with %j', async (options) => {
    await expect(simulate({ seed: 1, ...options })).rejects.toThrow(RangeError)
    await expect(simulate({ seed: 1, ...options })).rejects.toThrow(`\`${Object.keys(options)[0]}\` a whole number`)
  })
})

describe('the simulation finds', () => {
  test.each(sabotages.map((sabotage) => [sabotage.name, sabotage] as const))(
    '%s',
    async (name, sabotage) => {
      for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
        const found = await simulate({ seed, sabotage, buyers: 6 }).then(
          ({ findings }) => findings[0],
          (error: unknown) => String(error),
        )
        if (found === undefined) continue
        console.log(`${name}: seed ${seed}: ${found}`)
        return
      }
      expect.fail(`not found in ${MOST_SEEDS} seeds`)
    },
    LONGEST_MS,
  )
})

/** Answers a millisecond later. */
function later<Args extends unknown[], Answer>(method: (...args: Args) => Promise<Answer>) {
  return async (...args: Args): Promise<Answer> => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    return method(...args)
  }
}

/** Methods of a prototype, as of many adapters. */
class ClassStorage implements Storage {
  readonly #kept = memoryStorage()
  get jobs() {
    return this.#kept.jobs
  }
  read(...args: Parameters<Storage['read']>) {
    return this.#kept.read(...args)
  }
  list(...args: Parameters<Storage['list']>) {
    return this.#kept.list(...args)
  }
  search(...args: Parameters<Storage['search']>) {
    return this.#kept.search(...args)
  }
  commit(...args: Parameters<Storage['commit']>) {
    return this.#kept.commit(...args)
  }
  migrate(...args: Parameters<Storage['migrate']>) {
    return this.#kept.migrate(...args)
  }
  close() {
    return this.#kept.close()
  }
}
