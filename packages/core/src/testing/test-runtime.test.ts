import { describe, expect, it } from 'vitest'
import { isId } from '../ids/index.ts'
import { testRuntime } from './test-runtime.ts'

describe('testRuntime', () => {
  it('has a clock that only the test moves', async () => {
    const runtime = testRuntime({ now: '2026-03-29T00:59:59.999Z' })
    expect(runtime.now()).toBe('2026-03-29T00:59:59.999Z')
    await runtime.advance(1)
    expect(runtime.now()).toBe('2026-03-29T01:00:00.000Z')
    await expect(runtime.advance(-1)).rejects.toThrow(RangeError)
  })

  it('repeats its chance by seed', () => {
    const [one, same, other] = [testRuntime({ seed: 7 }), testRuntime({ seed: 7 }), testRuntime({ seed: 8 })]
    expect(one.randomBytes(32)).toEqual(same.randomBytes(32))
    expect(one.newId('crt')).toBe(same.newId('crt'))
    expect(one.newId('crt')).not.toBe(other.newId('crt'))
    expect(one.randomBytes(32)).not.toEqual(one.randomBytes(32))
    expect(isId('crt', one.newId('crt'))).toBe(true)
  })

  it('ends sleeps at their times, in order, also those that begin on the way', async () => {
    const runtime = testRuntime({ now: '2026-01-01T00:00:00.000Z' })
    const woken: string[] = []
    const sleepTwice = async () => {
      await runtime.sleep(10)
      woken.push(`first ${runtime.now().slice(-5)}`)
      await runtime.sleep(15)
      woken.push(`second ${runtime.now().slice(-5)}`)
    }
    const all = [sleepTwice(), runtime.sleep(20).then(() => woken.push(`other ${runtime.now().slice(-5)}`))]
    expect(runtime.sleeping()).toBe(2)
    await runtime.advance(9)
    expect(woken).toEqual([])
    await runtime.advance(15)
    expect(woken).toEqual(['first .010Z', 'other .020Z'])
    await runtime.advance(1)
    expect(woken).toEqual(['first .010Z', 'other .020Z', 'second .025Z'])
    await Promise.all(all)
    expect(runtime.sleeping()).toBe(0)
  })

  it('wakes a sleep with the reason of its signal', async () => {
    const runtime = testRuntime()
    const controller = new AbortController()
    const asleep = runtime.sleep(10, controller.signal)
    controller.abort(new Error('stop'))
    await expect(asleep).rejects.toThrow('stop')
    expect(runtime.sleeping()).toBe(0)
    await expect(runtime.sleep(10, controller.signal)).rejects.toThrow('stop')
    await expect(runtime.sleep(-1)).rejects.toThrow(RangeError)
  })

  it('moves the clock by itself when sleeps end at once', async () => {
    const runtime = testRuntime({ now: '2026-01-01T00:00:00.000Z', sleeps: 'at_once' })
    await runtime.sleep(1500)
    expect(runtime.now()).toBe('2026-01-01T00:00:01.500Z')
    await expect(runtime.sleep(10, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
    expect(runtime.now()).toBe('2026-01-01T00:00:01.500Z')
  })
})
