import { BursarError, isBursarError } from '../errors/index.ts'
import type { Call, Change, Storage } from '../ports/index.ts'
import { counter, readAll } from '../storage/index.ts'
import type { CartPorts } from './cart-ports.ts'
import { freeTry, MAXIMUM_TRIES, oneTry, triesCounter } from './code-tries.ts'

/** A try of a code: only a wrong one takes it. */
export interface TryAtOnce {
  /**
   * The change that proves that a try is free, to be stored with the cart; before anything about the code is known. Throws
   * where none is, as `full` does.
   */
  begin(customerId: string | null, storage: Storage): Promise<Change>
  /** The error of an attempt that found no free try. */
  full(): BursarError
  /** The call failed. Takes the try before that is answered, and says whether it may be: not where no try was free. */
  mayAnswer(error: unknown): Promise<boolean>
  /** The code is not looked at any more. */
  end(): void
}

/**
 * A try that is taken before a refusal is answered. A code that is right takes none: the commit that stores its cart proves
 * that one was free then, so that of many guesses at once the right one too is refused when wrong ones have taken all. Who has
 * none left is stopped before the code is looked at, so that how long that takes says nothing of the code; so are more codes
 * at once than there are tries left.
 */
export function tryAtOnce(
  { storage, runtime, codesAhead }: Pick<CartPorts, 'storage' | 'runtime' | 'codesAhead'>,
  call: Call,
  cartId: string,
): TryAtOnce {
  const hold = runtime.newId('hld')
  let tries: string | null = null
  let isFull = false
  let end = (): void => {}

  function full(): BursarError {
    isFull = true
    return new BursarError('rate_limited', { reason: 'codes' })
  }

  async function giveBack(name: string): Promise<void> {
    try {
      // One whose commit did not take it has nothing to give back: a conflict.
      await storage.commit(call.scope, [{ do: 'releaseHold', counter: name, hold }])
    } catch {
      // It ends by itself.
    }
  }

  return {
    full,
    async begin(customerId, reading) {
      if (tries === null) {
        const name = triesCounter(customerId, cartId)
        const [state] = await readAll(reading, call.scope, counter(name))
        const taken = (state?.used ?? 0) + (state?.held ?? 0) + codesAhead.underWay(call, name)
        if (taken >= MAXIMUM_TRIES) throw full()
        end = codesAhead.enter(call, name)
        tries = name
      }
      return freeTry(tries)
    },
    async mayAnswer(error) {
      if (isFull) return false
      if (tries === null) return true
      const taken = await storage.commit(call.scope, [oneTry(call, { counter: tries, hold })])
      if (taken.outcome === 'conflict') return false
      if (!isBursarError(error, 'code_not_valid')) await giveBack(tries)
      return true
    },
    end: () => end(),
  }
}
