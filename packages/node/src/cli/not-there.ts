import { isBursarError } from '@bursar/core'

/**
 * What to do with an error of the API: where it tells that a record is not there, whoever asks, a command says which and where.
 *
 * @param what a noun and the id, such as `cart crt_1`
 * @throws Error always: the one it was given, where that is of another kind
 */
export function notThere(what: string, site: string): (cause: unknown) => never {
  return (cause) => {
    if (!isBursarError(cause, 'not_found')) throw cause
    throw new Error(`The site "${site}" has no ${what}: check it, or name another site by --site.`, { cause })
  }
}
