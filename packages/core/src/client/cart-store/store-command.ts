import type {
  AddLineInput,
  ApplyCodeInput,
  RemoveCodeInput,
  RemoveLineInput,
  UpdateCartInput,
  UpdateLineInput,
} from '../../cart/index.ts'

interface Inputs {
  addLine: Omit<AddLineInput, 'cartId'>
  updateLine: Omit<UpdateLineInput, 'cartId'>
  removeLine: Omit<RemoveLineInput, 'cartId'>
  applyCode: Omit<ApplyCodeInput, 'cartId'>
  removeCode: Omit<RemoveCodeInput, 'cartId'>
  update: Omit<UpdateCartInput, 'cartId'>
  /** `tells`: are other tabs told of it, or was this one told? */
  signedIn: { tells: boolean }
}

/** What a shopper asks of a cart: the name of the operation and its input, which carries no cart's id yet. */
export type Asked = { [Name in keyof Inputs]: { readonly name: Name; readonly input: Inputs[Name] } }[keyof Inputs]

/** A command in the queue: plain JSON, so that it can be stored. */
export type StoreCommand = Asked & {
  /** Its idempotency key. */
  readonly key: string
  /** Was it sent? Then the server may know its key, and its input stays as it is. */
  readonly sent?: boolean | undefined
}

/** The line that a command is about, if it is about one. */
export const lineOf = ({ input }: Asked): string | undefined => ('lineId' in input ? input.lineId : undefined)
