import { findOperation, mayCall, type OperationOptions, parseInput, parseOptions } from '../contract/index.ts'
import { schemasOf } from '../contract/schemas.ts'
import { BursarError } from '../errors/index.ts'
import { canonicalJson, sha256Hex } from '../ids/index.ts'
import { type Call, isStorageUnavailable, type Principal } from '../ports/index.ts'
import { checkPrincipal } from './check-principal.ts'
import type { SiteFinder } from './find-site.ts'
import { operationTable } from './operations.ts'
import type { CommercePorts } from './ports-of.ts'
import { withCartToken } from './with-cart-token.ts'

/** The one door of every operation, in process and over HTTP: rights, input, options, then the use case. */
export async function runOperation(
  ports: CommercePorts,
  sites: SiteFinder,
  name: string,
  caller: Principal,
  input: unknown,
  options: OperationOptions,
): Promise<unknown> {
  const operation = findOperation(name)
  if (operation === undefined) throw new BursarError('not_found')
  checkPrincipal(caller)
  const principal = withCartToken(caller, options.cartToken)
  const may = mayCall(operation.route, principal)
  if (may !== 'yes') throw new BursarError(may)
  const parsed = parseInput(schemasOf(operation.name).input, input)
  const { idempotencyKey = null, ifVersion = null, expand } = parseOptions(operation.route, options)
  const run = async () => {
    const call: Call = {
      scope: await sites.ofId(principal.site),
      principal,
      operation: name,
      key: idempotencyKey,
      fingerprint: idempotencyKey === null ? '' : sha256Hex(`${name}\n${canonicalJson(parsed)}`),
      ifVersion,
      expand,
      now: ports.runtime.now(),
    }
    const useCase = operationTable[operation.name] as UseCase // the table has an entry of the right type for each name
    return useCase(ports, call, parsed)
  }
  return run().catch(tellUnavailable)
}

/** A storage that is down is the caller's `unavailable`, in process as over HTTP. */
function tellUnavailable(error: unknown): never {
  if (!isStorageUnavailable(error)) throw error
  throw new BursarError('unavailable', { cause: error, retryAfter: 1 })
}

type UseCase = (ports: CommercePorts, call: Call, input: unknown) => Promise<unknown>
