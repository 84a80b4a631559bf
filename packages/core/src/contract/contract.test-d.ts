import type { CartWithQuote } from '../cart/index.ts'
import type { ClientBuilder } from './build-client.ts'
import type { CommerceClient } from './index.ts'
import type { OperationError, OperationInput, OperationName, OperationOutput } from './operation.ts'
import { schemasOf } from './schemas.ts'

const same = <Expected>(value: Expected): Expected => value

// The types of an operation are found by its name.
export const lineInput: OperationInput<'carts.addLine'> = { cartId: 'crt_1', lineId: 'a', variantId: 'var_1' }
export const answer = (output: OperationOutput<'carts.addLine'>): CartWithQuote => output
export const names: OperationName[] = ['site.get', 'carts.checkout', 'admin.products.create', 'admin.reports.doctor']

// @ts-expect-error an operation that is none
export const wrongName: OperationName = 'carts.empty'

// @ts-expect-error an admin's operation without its prefix
export const withoutPrefix: OperationName = 'promotions.create'

// Errors are the operation's own and the common ones.
same<OperationError<'carts.applyCode'>>('code_not_valid')
same<OperationError<'carts.applyCode'>>('rate_limited')
// @ts-expect-error a code of another operation
same<OperationError<'carts.applyCode'>>('price_changed')
same<OperationError<'admin.products.import'>>('import_refused')

// A schema gives the operation's input.
export const parsed: OperationInput<'quotes.create'> = schemasOf('quotes.create').input.parse({})
// @ts-expect-error … and no other's
export const other: OperationInput<'carts.addLine'> = schemasOf('quotes.create').input.parse({})

export const build = (builder: ClientBuilder<CommerceClient>) => {
  const client = builder(() => Promise.resolve())
  // @ts-expect-error quantities are numbers
  return client.carts.addLine({ cartId: 'crt_1', lineId: 'a', variantId: 'var_1', quantity: '2' })
}
