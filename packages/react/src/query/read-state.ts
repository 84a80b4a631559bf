import {
  type BursarError,
  type CommerceOperationName,
  isBursarError,
  type OperationError,
  toBursarError,
} from '@bursar/core/client'

/** Why a read of this operation has no answer. */
export type ReadError<Name extends CommerceOperationName> = BursarError<OperationError<Name>>

/** Where a read stands; `Ready` is what it has when it is there. */
export type ReadState<Name extends CommerceOperationName, Ready> =
  /** No answer yet. */
  | { readonly status: 'loading' }
  /** It is there; `isStale` while a newer answer is waited for or the last one failed. */
  | ({ readonly status: 'ready'; readonly isStale: boolean } & Ready)
  /** The server does not answer; it is asked again. */
  | { readonly status: 'unavailable'; readonly error: ReadError<Name> | null; readonly retry: () => void }
  /** The answer was no; `error.code` says why. */
  | { readonly status: 'error'; readonly error: ReadError<Name>; readonly retry: () => void }

/** What is read of a query's result. */
export interface QueryResult<Data> {
  readonly data: Data | undefined
  /** Why the last answer was none, until there is one; {@link failureReason} is of the try that goes on. */
  readonly error: Error | null
  readonly failureReason: Error | null
  readonly fetchStatus: 'fetching' | 'paused' | 'idle'
  refetch(): unknown
}

/** The state of a query's result. */
export function readState<Name extends CommerceOperationName, Data, Ready>(
  result: QueryResult<Data>,
  ready: (data: Data) => Ready,
): ReadState<Name, Ready> {
  const { data, error, failureReason, fetchStatus } = result
  if (data !== undefined) return { status: 'ready', isStale: fetchStatus !== 'idle' || !!error, ...ready(data) }
  if (!failureReason && fetchStatus !== 'paused') return { status: 'loading' }
  const known = failureReason && toBursarError<OperationError<Name>>(failureReason)
  const retry = () => void result.refetch()
  const status = known && !known.isRetryable ? 'error' : 'unavailable'
  return { status, error: known, retry } as ReadState<Name, Ready> // of the two, the one that may lack an error is not `error`
}

/** May the same read get an answer a little later? */
export function isWorthAnotherTry(error: unknown): boolean {
  return isBursarError(error) && error.isRetryable
}
