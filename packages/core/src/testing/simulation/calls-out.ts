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

  /** Its members stand in the object itself, also those of a class, for storms and sabotages spread it. */
  function watched<Port extends object>(port: Port, prefix: string): Port {
    const members = namesOf(port).map((name) => {
      const member: unknown = Reflect.get(port, name)
      if (typeof member !== 'function') return [name, member]
      return [name, (...args: unknown[]) => noted(`${prefix}${name}`, Reflect.apply(member, port, args))]
    })
    return Object.fromEntries(members)
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

function namesOf(port: object): string[] {
  const from: unknown = Object.getPrototypeOf(port)
  const inherited = typeof from !== 'object' || from === null || from === Object.prototype ? [] : namesOf(from)
  return [...new Set([...inherited, ...Object.getOwnPropertyNames(port)])]
}
