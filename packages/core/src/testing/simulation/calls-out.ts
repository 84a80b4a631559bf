import type { Storage } from '../../ports/index.ts'

/** A storage, and which of its calls are not answered yet. */
export interface WatchedStorage {
  readonly storage: Storage
  /** The name of the call that is out for longest, or null. */
  out(): string | null
}

/** Sees which calls of a storage are out. They take no promise more than without it, so a seed's schedule stays. */
export function watchCalls(storage: Storage): WatchedStorage {
  const calls = new Set<{ readonly name: string }>()
  const jobs = watched(storage.jobs, 'jobs.')
  return { storage: { ...watched(storage, ''), jobs }, out: () => calls.values().next().value?.name ?? null }

  function watched<Port extends object>(port: Port, prefix: string): Port {
    return new Proxy(port, {
      get(_, name) {
        const member: unknown = Reflect.get(port, name)
        if (typeof member !== 'function') return member
        return (...args: unknown[]) => noted(`${prefix}${String(name)}`, Reflect.apply(member, port, args))
      },
    })
  }

  function noted(name: string, answer: unknown): unknown {
    if (!(answer instanceof Promise)) return answer
    const call = { name }
    calls.add(call)
    const end = () => calls.delete(call)
    answer.then(end, end)
    return answer
  }
}
