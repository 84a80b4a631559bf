import type { CommonErrorCode } from '../errors/index.ts'
import type { AdminClient } from './admin-api.ts'
import type { adminRoutes } from './admin-routes.ts'
import type { CommerceClient } from './api.ts'
import type { routes } from './routes.ts'

/** What a method of a client takes. */
export type InputOf<F> = F extends (input: infer I, ...rest: never[]) => unknown ? NonNullable<I> : never

/** What a method of a client answers. */
export type OutputOf<F> = F extends (...rest: never[]) => Promise<infer O> ? O : never

/** `noun.verb` of every method of a client. */
type NamesOf<Client> = { [N in keyof Client & string]: `${N}.${keyof Client[N] & string}` }[keyof Client & string]

type At<Table, Name> = Name extends `${infer N}.${infer O}`
  ? N extends keyof Table
    ? O extends keyof Table[N]
      ? Table[N][O]
      : never
    : never
  : never

/** Names of the storefront's operations: `carts.addLine`. */
export type CommerceOperationName = NamesOf<CommerceClient>

/** Names of the admin's operations: `admin.products.create`. */
export type AdminOperationName = `admin.${NamesOf<AdminClient>}`

/** Name of an operation: what the docs, the audit, hooks and `commerce.invoke` call it. */
export type OperationName = CommerceOperationName | AdminOperationName

/** The method of a client that an operation is. */
export type OperationMethod<N extends OperationName> = N extends `admin.${infer A}`
  ? At<AdminClient, A>
  : At<CommerceClient, N>

/** What an operation takes, by its name. */
export type OperationInput<N extends OperationName> = InputOf<OperationMethod<N>>

/** What an operation answers, by its name. */
export type OperationOutput<N extends OperationName> = OutputOf<OperationMethod<N>>

type RouteOf<N extends OperationName> = N extends `admin.${infer A}` ? At<typeof adminRoutes, A> : At<typeof routes, N>

type OwnErrors<R> = R extends { readonly errors: readonly (infer Code)[] } ? Code : never

/** Codes that an operation may answer with, by its name. A later release may add to them: have a default branch. */
export type OperationError<N extends OperationName> = CommonErrorCode | OwnErrors<RouteOf<N>>
