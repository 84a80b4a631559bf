import { changed, fault, isFull, pause, type StorageFault, split, withoutLimit } from './storage-faults-kit.ts'

/** Memory storages whose counters, holds or numbers are wrong in one way. */
export const counterFaults: readonly StorageFault[] = [
  fault('counters are shared by operators', (inner) => ({
    read: async (scope, refs) =>
      Promise.all(
        refs.map(async (ref) => {
          const [found = null] = await inner.read('counter' in ref ? { operator: 'all' } : scope, [ref])
          return found
        }),
      ),
    commit: async (scope, changes, options) => {
      const [counters, rest] = split(changes, (change) => 'counter' in change)
      const answer = await inner.commit(scope, rest, options)
      if (answer.outcome === 'conflict' || counters.length === 0) return answer
      const counted = await inner.commit({ operator: 'all' }, counters)
      return counted.outcome === 'conflict' ? counted : answer
    },
  })),
  fault('a hold goes one past its limit', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'hold' ? { ...change, limit: change.limit + 1 } : change)),
  })),
  fault('a check of a limit says nothing', (inner) => ({
    commit: changed(inner, (change) =>
      change.do === 'checkLimit' ? { ...change, limit: Number.MAX_SAFE_INTEGER } : change,
    ),
  })),
  fault('a check of a limit goes one past it', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'checkLimit' ? { ...change, limit: change.limit + 1 } : change)),
  })),
  fault('a check of a limit takes what it checks', (inner) => ({
    commit: changed(inner, (change) =>
      change.do === 'checkLimit' ? { ...change, do: 'hold', hold: 'checked', due: '2999-01-01T00:00:00.000Z' } : change,
    ),
  })),
  fault('a check of a limit does not see what its own commit takes', (inner) => ({
    commit: async (scope, changes, options) => {
      const [checks, rest] = split(changes, (change) => change.do === 'checkLimit')
      if (checks.length === 0 || rest.length === 0) return inner.commit(scope, changes, options)
      const answer = await inner.commit(scope, checks)
      return answer.outcome === 'conflict' ? answer : inner.commit(scope, rest, options)
    },
  })),
  fault('a pause between the check of a limit and the hold', (inner) => ({
    commit: async (scope, changes, options) => {
      for (const [change, wanted] of changes.entries()) {
        if (wanted.do === 'hold' && (await isFull(inner, scope, wanted))) {
          return { outcome: 'conflict', change, why: 'limit', counter: wanted.counter }
        }
      }
      await pause()
      return inner.commit(scope, changes.map(withoutLimit), options)
    },
  })),
  fault('a hold repeated holds again', (inner, { notes }) => ({
    commit: changed(inner, (change) => {
      if (change.do !== 'hold') return change
      const key = `${change.counter}/${change.hold}`
      notes.set(key, (notes.get(key) ?? 0) + 1)
      return notes.get(key) === 1 ? change : { ...change, hold: `${change.hold}+${notes.get(key)}` }
    }),
  })),
  fault('a hold given back twice gives back twice', (inner, { notes }) => ({
    commit: async (scope, changes, options) => {
      const more = changes.map((change) =>
        change.do === 'hold' ? { ...change, limit: change.limit + (notes.get(change.counter) ?? 0) } : change,
      )
      const answer = await inner.commit(scope, more, options)
      const failed = answer.outcome === 'conflict' && answer.why === 'hold_gone' ? changes[answer.change] : undefined
      if (failed?.do !== 'releaseHold') return answer
      notes.set(failed.counter, (notes.get(failed.counter) ?? 0) + 1)
      return { outcome: 'committed', versions: {}, numbers: {} }
    },
  })),
  fault('a hold that is gone can be committed', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      const failed = answer.outcome === 'conflict' && answer.why === 'hold_gone' ? changes[answer.change] : undefined
      if (failed?.do !== 'commitHold') return answer
      return inner.commit(
        scope,
        changes.filter((change) => change !== failed),
        options,
      )
    },
  })),
  fault('a committed hold cannot be given back', (inner, { notes }) => ({
    commit: async (scope, changes, options) => {
      const gone = changes.findIndex((change) => change.do === 'releaseHold' && notes.has(change.hold))
      if (gone >= 0) return { outcome: 'conflict', change: gone, why: 'hold_gone' }
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'conflict') return answer
      for (const change of changes) if (change.do === 'commitHold') notes.set(change.hold, 1)
      return answer
    },
  })),
  fault('a hold that falls due is let go', (inner) => ({
    commit: async (scope, changes, options) => {
      const range = { until: '2025-01-01T00:00:00.000Z' }
      const { items } = await inner.list(scope, { in: 'holds', index: 'due', equals: [], range, limit: 1000 })
      for (const { body } of items) {
        const { counter, hold } = body as { counter: string; hold: string } // a HoldRecord
        await inner.commit(scope, [{ do: 'releaseHold', counter, hold }])
      }
      return inner.commit(scope, changes, options)
    },
  })),
  fault('counters are taken in the order of the array, each awaited', (inner, state) => {
    const held = new Set<string>()
    return {
      commit: async (scope, changes, options) => {
        const mine: string[] = []
        for (const change of changes) {
          if (change.do !== 'hold' || mine.includes(change.counter)) continue
          while (held.has(change.counter) || state.notes.has(change.counter)) await pause()
          held.add(change.counter)
          state.notes.set(change.counter, 1)
          mine.push(change.counter)
          await pause()
        }
        try {
          return await inner.commit(scope, changes, options)
        } finally {
          for (const counter of mine) {
            held.delete(counter)
            state.notes.delete(counter)
          }
        }
      },
    }
  }),
  fault('releases come after holds', (inner) => ({
    commit: async (scope, changes, options) => {
      const [releases, rest] = split(changes, (change) => change.do === 'releaseHold')
      if (releases.length === 0 || rest.length === 0) return inner.commit(scope, changes, options)
      const answer = await inner.commit(scope, rest, options)
      return answer.outcome === 'conflict' ? answer : inner.commit(scope, releases)
    },
  })),
  fault('a refused commit leaves a gap in a number series', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'committed') return answer
      for (const change of changes) {
        if (change.do !== 'number') continue
        const id = `gap-${Math.random()}`
        const insert = { do: 'insert', in: change.in, id, body: { seller: 'gap' } } as const
        await inner.commit(scope, [insert, { ...change, id }])
      }
      return answer
    },
  })),
  fault('a number is written into the body of the caller', (inner) => ({
    commit: async (scope, changes, options) => {
      for (const change of changes) {
        if (change.do === 'insert' && change.in === 'invoices') Object.assign(change.body as object, { number: 1 })
      }
      return inner.commit(scope, changes, options)
    },
  })),
  fault('number series are shared by operators', (inner, { notes }) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'conflict') return answer
      for (const name of Object.keys(answer.numbers)) {
        notes.set('last', (notes.get('last') ?? 0) + 1)
        answer.numbers[name] = notes.get('last') ?? 0
      }
      return answer
    },
  })),
]
