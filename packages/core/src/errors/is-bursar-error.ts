import type { BursarError } from './bursar-error.ts'
import { MARK } from './coded-error.ts'
import type { ErrorCode } from './codes.ts'

/** Is it an error of Bursar's, of this code if one is given? Two installed copies of the package agree. */
export function isBursarError<Code extends ErrorCode>(error: unknown, code?: Code): error is BursarError<Code> {
  const known = error as Partial<BursarError> | null | undefined
  return !!known?.[MARK] && (!code || known.code === code)
}
