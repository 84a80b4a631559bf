import { BursarError } from '../errors/index.ts'
import type { OperationOptions } from './common.ts'
import { invalidInput } from './parse-input.ts'
import type { Route } from './route.ts'

/** Characters that a header carries unchanged. */
const KEY = /^[\x21-\x7e]{8,200}$/

/** An entity tag as `If-Match` has it; the quotes may be left out. */
const TAG = /^(?:"(\d{1,16})"|(\d{1,16}))$/

/**
 * What a call says besides its input, checked against what its operation takes. A key where none is taken is ignored: it
 * harms nobody. A version where none is taken is refused: the caller would believe that it was compared.
 *
 * @throws BursarError `idempotency_key_required`, `invalid_input`
 */
export function parseOptions(route: Route, options: OperationOptions): OperationOptions {
  const { idempotencyKey, ifVersion, cartToken, expand, signal } = options
  if (route.key === 'required' && idempotencyKey === undefined) throw new BursarError('idempotency_key_required')
  if (idempotencyKey !== undefined && !KEY.test(idempotencyKey)) {
    throw refuse('idempotencyKey', 'must be 8 to 200 characters of ASCII without spaces')
  }
  if (ifVersion !== undefined && route.version === undefined) {
    throw refuse('ifVersion', 'is not known here: this operation compares no version')
  }
  if (ifVersion !== undefined && !(Number.isSafeInteger(ifVersion) && ifVersion >= 1)) {
    throw refuse('ifVersion', 'must be the version that an earlier answer gave')
  }
  if (cartToken !== undefined && !(cartToken.length >= 1 && cartToken.length <= 200)) {
    throw refuse('cartToken', 'must be a token that `carts.create` gave')
  }
  if (expand !== undefined && expand !== 'pricingInputs') throw refuse('expand', 'must be pricingInputs')
  return { idempotencyKey: route.key === undefined ? undefined : idempotencyKey, ifVersion, cartToken, expand, signal }
}

/**
 * The options that a request's headers carry: `Idempotency-Key` and `If-Match`. They are checked by
 * {@link parseOptions} like those of a call in process.
 *
 * @throws BursarError `invalid_input` for an `If-Match` that names no version
 */
export function decodeOptions(header: (name: string) => string | null): OperationOptions {
  const match = header('if-match')
  const [, quoted, bare] = match === null ? [] : (TAG.exec(match.trim()) ?? [])
  const tag = quoted ?? bare
  if (match !== null && tag === undefined) throw refuse('If-Match', 'must be a version such as "3"')
  return {
    idempotencyKey: header('idempotency-key') ?? undefined,
    ifVersion: tag === undefined ? undefined : Number(tag),
    ...expandOf(header('bursar-expand')),
  }
}

function expandOf(named: string | null): Pick<OperationOptions, 'expand'> {
  if (named === null) return {}
  if (named !== 'pricingInputs') throw refuse('Bursar-Expand', 'must be pricingInputs')
  return { expand: named }
}

const refuse = (path: string, what: string): BursarError => invalidInput([{ path, message: `${path} ${what}.` }])
