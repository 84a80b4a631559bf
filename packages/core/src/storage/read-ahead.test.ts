import { describe, expect, it } from 'vitest'
import type { Ref, Scope, Storage } from '../ports/index.ts'
import { readAhead } from './read-ahead.ts'

const SCOPE: Scope = { operator: 'school', site: 'main' }
const of = (name: string): Ref => ({ counter: name })

/** A storage whose counters stand at what their names say, and what it was asked. */
function counting(): { storage: Storage; asked: string[] } {
  const asked: string[] = []
  const storage = {
    async read({ site = '' }: Scope, refs: readonly Ref[]) {
      const names = refs.map((ref) => ('counter' in ref ? ref.counter : ref.in))
      asked.push(`${site}: ${names.join()}`)
      return names.map((name) => (name === 'none' ? null : { counter: name, used: name.length, held: 0 }))
    },
  } as unknown as Storage // nothing else is called
  return { storage, asked }
}

describe('a storage that was asked ahead', () => {
  it('answers in the order of the refs, and reads what it does not have', async () => {
    const { storage, asked } = counting()
    const ahead = readAhead(storage, SCOPE, [of('a'), of('none'), of('ccc')])
    expect(asked).toEqual(['main: a,none,ccc'])
    const found = await ahead.storage.read(SCOPE, [of('ccc'), of('dddd'), of('none'), of('a'), of('bb')])
    expect(found.map((one) => (one === null || !('used' in one) ? null : one.used))).toEqual([3, 4, null, 1, 2])
    expect(asked.slice(1)).toEqual(['main: dddd,bb'])
    expect(ahead.asked).toEqual([of('ccc'), of('dddd'), of('none'), of('a'), of('bb')])
    await ahead.storage.read(SCOPE, [of('a')])
    expect(asked).toHaveLength(2)
  })

  it('asks nothing where nothing was guessed, and answers for its own scope only', async () => {
    const { storage, asked } = counting()
    const ahead = readAhead(storage, SCOPE, [])
    await ahead.storage.read(SCOPE, [of('a')])
    await readAhead(storage, SCOPE, [of('a')]).storage.read({ operator: 'school', site: 'second' }, [of('a')])
    expect(asked).toEqual(['main: a', 'main: a', 'second: a'])
  })

  it('tells who asks that it failed, and nobody else', async () => {
    const storage = { read: () => Promise.reject(new Error('down')) } as unknown as Storage // nothing else is called
    const ahead = readAhead(storage, SCOPE, [of('a')])
    await new Promise<void>((resolve) => setTimeout(resolve))
    await expect(ahead.storage.read(SCOPE, [of('a')])).rejects.toThrow('down')
  })
})
