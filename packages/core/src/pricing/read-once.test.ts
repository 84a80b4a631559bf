import { expect, it } from 'vitest'
import { ReadOnce } from './read-once.ts'

/** What is read is counted, and answered when the test says so. */
function reader() {
  const begun: PromiseWithResolvers<{ n: number }>[] = []
  const once = new ReadOnce(() => {
    const reading = Promise.withResolvers<{ n: number }>()
    begun.push(reading)
    return reading.promise
  })
  return { begun, once }
}

it('is read when it is first asked for, once for all who ask meanwhile, and kept', async () => {
  const { begun, once } = reader()
  expect([begun.length, once.known]).toEqual([0, null])
  const asked = [once.get(), once.get()]
  expect(once.known).toBeNull()
  begun[0]?.resolve({ n: 1 })
  expect(await Promise.all(asked)).toEqual([{ n: 1 }, { n: 1 }])
  expect(once.known).toEqual({ n: 1 })
  expect(await once.get()).toBe(once.known)
  expect(begun).toHaveLength(1)
})

it('is read anew after it was dropped', async () => {
  const { begun, once } = reader()
  const first = once.get()
  begun[0]?.resolve({ n: 1 })
  await first
  once.drop()
  expect(once.known).toBeNull()
  const second = once.get()
  begun[1]?.resolve({ n: 2 })
  expect(await second).toEqual({ n: 2 })
})

it.each([[[0, 1]], [[1, 0]]])(
  'dropped while it is read goes to who waited, and is not kept: answers come as %j',
  async (order) => {
    const { begun, once } = reader()
    const before = once.get()
    once.drop()
    const after = once.get()
    for (const place of order) begun[place]?.resolve({ n: place })
    expect([await before, await after]).toEqual([{ n: 0 }, { n: 1 }])
    expect(once.known).toEqual({ n: 1 })
    expect(begun).toHaveLength(2)
  },
)

it('a read that fails is told to all who waited, and read again for the next', async () => {
  const { begun, once } = reader()
  const asked = [once.get(), once.get()]
  begun[0]?.reject(new Error('The database is away.'))
  for (const one of asked) await expect(one).rejects.toThrow('The database is away.')
  expect(once.known).toBeNull()
  const next = once.get()
  begun[1]?.resolve({ n: 2 })
  expect(await next).toEqual({ n: 2 })
})

it('a read that fails after it was dropped leaves the one that came after it', async () => {
  const { begun, once } = reader()
  const before = once.get()
  once.drop()
  const after = [once.get()]
  begun[0]?.reject(new Error('The database is away.'))
  await expect(before).rejects.toThrow('The database is away.')
  after.push(once.get())
  begun[1]?.resolve({ n: 1 })
  expect(await Promise.all(after)).toEqual([{ n: 1 }, { n: 1 }])
  expect(begun).toHaveLength(2)
})
