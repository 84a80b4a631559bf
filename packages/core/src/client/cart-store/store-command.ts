import type {
  AddLineInput,
  ApplyCodeInput,
  RemoveCodeInput,
  UpdateCartInput,
  UpdateLineInput,
} from '../../cart/index.ts'
import type { CartCommand } from './cart-state.ts'
import type { CommandResult } from './cart-store.ts'

type Inputs = AddLineInput & UpdateLineInput & ApplyCodeInput & RemoveCodeInput & UpdateCartInput

/** What a shopper asks of a cart: the name of the operation, and those members of its input that are its own. */
export interface Asked {
  /** Which command. */
  readonly name: CartCommand
  /** Its input, without a cart's id. */
  readonly input: { readonly [Member in Exclude<keyof Inputs, 'cartId'>]?: Inputs[Member] | undefined } & {
    /** Of `signedIn`: are other tabs told of it, or was this one told? */
    readonly tells?: boolean
  }
}

/** A command in the queue, with its end: nobody waits for it after a reload, so that is not stored with it. */
export interface StoreCommand extends Asked, PromiseWithResolvers<CommandResult> {
  /** Its idempotency key. */
  readonly key: string
  /** Was it sent? Then the server may know its key, and its input stays as it is. */
  sent?: boolean | undefined
  /** How often the server failed at it, with a cart there to be asked for. */
  fails: number
  /** How many carts were made for it. */
  carts: number
}
