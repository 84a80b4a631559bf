import { afterEach, describe, expect, it, vi } from 'vitest'
import { isId } from '../ids/index.ts'
import { fromInstant, isInstant } from '../time/index.ts'
import { systemPage, systemRuntime } from './system-runtime.ts'

describe('systemRuntime', () => {
  const runtime = systemRuntime()
  afterEach(() => {
    vi.useRealTimers()
  })

  it('tells the time of the platform', () => {
    const before = Date.now()
    const now = runtime.now()
    expect(isInstant(now)).toBe(true)
    expect(fromInstant(now)).toBeGreaterThanOrEqual(before)
    expect(fromInstant(now)).toBeLessThanOrEqual(Date.now())
  })

  it.each([0, 1, 10, 65_536, 200_000])('gives %i random bytes', (count) => {
    const bytes = runtime.randomBytes(count)
    expect(bytes).toHaveLength(count)
    // Of 100 bytes at the end, all zero is a chance of 256^-100: the last chunk was filled too.
    if (count >= 100) expect(bytes.subarray(-100).some((byte) => byte !== 0)).toBe(true)
  })

  it('gives other bytes each time', () => {
    expect(runtime.randomBytes(16)).not.toEqual(runtime.randomBytes(16))
  })

  it('gives no byte twice, whatever is asked at a time', () => {
    const given = Array.from({ length: 3000 }, (_, n) => runtime.randomBytes(8 + (n % 40)))
    for (const bytes of given) bytes.fill(7, 8) // what is done to them is nobody else's matter
    const starts = new Set(given.map((bytes) => bytes.subarray(0, 8).join()))
    expect(starts.size).toBe(3000)
    expect([...starts].filter((start) => start.endsWith('0,0,0,0'))).toEqual([])
  })

  it('makes ids with the prefix, all different', () => {
    const ids = Array.from({ length: 1000 }, () => runtime.newId('ord'))
    expect(ids.every((id) => isId('ord', id))).toBe(true)
    expect(new Set(ids).size).toBe(1000)
  })

  it('sleeps as long as told', async () => {
    vi.useFakeTimers()
    const done = vi.fn()
    const asleep = runtime.sleep(50).then(done)
    await vi.advanceTimersByTimeAsync(49)
    expect(done).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await asleep
    expect(done).toHaveBeenCalledOnce()
  })

  it('sleeps longer than a timer can count', async () => {
    vi.useFakeTimers()
    const done = vi.fn()
    const asleep = runtime.sleep(2 ** 32).then(done)
    await vi.advanceTimersByTimeAsync(2 ** 32 - 1)
    expect(done).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await asleep
    expect(done).toHaveBeenCalledOnce()
  })

  it('wakes with the reason of its signal, and leaves no timer', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const asleep = runtime.sleep(1000, controller.signal)
    controller.abort(new Error('shutting down'))
    await expect(asleep).rejects.toThrow('shutting down')
    expect(vi.getTimerCount()).toBe(0)
    await expect(runtime.sleep(0, controller.signal)).rejects.toThrow('shutting down')
  })

  it('leaves no listener on its signal after sleeping', async () => {
    const { signal } = new AbortController()
    const removed = vi.spyOn(signal, 'removeEventListener')
    const added = vi.spyOn(signal, 'addEventListener')
    await runtime.sleep(1, signal)
    expect(added).toHaveBeenCalledOnce()
    expect(removed.mock.calls[0]?.slice(0, 2)).toEqual(added.mock.calls[0]?.slice(0, 2))
  })

  it.each([-1, Number.NaN])('refuses to sleep %d', async (milliseconds) => {
    await expect(runtime.sleep(milliseconds)).rejects.toThrow(RangeError)
  })
})

describe('systemPage', () => {
  const page = systemPage()

  it('waits as long as told', async () => {
    const before = performance.now()
    await page.sleep(20, new AbortController().signal)
    expect(performance.now() - before).toBeGreaterThan(15)
  })

  it('wakes by its signal, before and while it waits, and leaves no second listener on it', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const added = vi.spyOn(signal, 'addEventListener')
    await page.sleep(1, signal)
    const asleep = page.sleep(60_000, signal)
    controller.abort()
    await expect(asleep).rejects.toBeDefined()
    await expect(page.sleep(60_000, signal)).rejects.toBeUndefined()
    expect(added.mock.calls.length).toBeLessThanOrEqual(1) // three waits
  })

  it('touches nothing where there is no document, and hears the page where there is one', () => {
    const heard = vi.fn()
    page.onReturn(heard)()
    expect(page.isHidden()).toBe(false)
    const window = new EventTarget()
    const document = Object.assign(new EventTarget(), { hidden: true })
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
    vi.stubGlobal('document', document)
    const stop = page.onReturn(heard)
    document.dispatchEvent(new Event('visibilitychange'))
    expect([page.isHidden(), heard.mock.calls.length]).toEqual([true, 0])
    document.hidden = false
    document.dispatchEvent(new Event('visibilitychange'))
    window.dispatchEvent(new Event('online'))
    expect(heard).toHaveBeenCalledTimes(2)
    stop()
    document.dispatchEvent(new Event('visibilitychange'))
    window.dispatchEvent(new Event('online'))
    expect(heard).toHaveBeenCalledTimes(2)
    vi.unstubAllGlobals()
  })
})

it('a page without channels between tabs, or to which they are forbidden, has none', () => {
  const forbidden = class {
    constructor() {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
  }
  for (const channel of [undefined, forbidden]) {
    vi.stubGlobal('BroadcastChannel', channel)
    expect(systemPage().openChannel('a', () => {})).toBeNull()
    vi.unstubAllGlobals()
  }
})
