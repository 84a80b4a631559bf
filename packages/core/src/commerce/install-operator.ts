import { createRecord, createSite, getRecord, siteKindOf } from '../admin/index.ts'
import { parseInput } from '../contract/index.ts'
import { schemasOf } from '../contract/schemas.ts'
import { BursarError, isBursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { createOperator, sellerKind } from '../site/index.ts'
import type { InstallInput } from './commerce.ts'
import type { CommercePorts } from './ports-of.ts'

/**
 * Sets up an operator with its first seller and site. What is there already stays as it is, so that it can be repeated.
 * @throws BursarError `invalid_input` before anything is stored
 */
export async function installOperator(ports: CommercePorts, input: InstallInput): Promise<void> {
  const seller = parsed('seller', () => parseInput(schemasOf('admin.sellers.create').input, input.seller))
  const site = parsed('site', () =>
    parseInput(schemasOf('admin.sites.create').input, { ...input.site, seller: input.seller.id }),
  )
  const operator = await createOperator(ports, input.operator)
  const call: Call = {
    scope: { operator: operator.id, site: input.site.id },
    principal: { type: 'system', site: input.site.id },
    operation: 'install',
    key: null,
    fingerprint: '',
    ifVersion: null,
    now: ports.runtime.now(),
  }
  await unlessThere(
    () => getRecord(ports, call, sellerKind, { id: input.seller.id }),
    () => createRecord(ports, call, sellerKind, seller),
  )
  await unlessThere(
    () => getRecord(ports, call, siteKindOf(call), { id: input.site.id }),
    () => createSite(ports, call, site),
  )
}

/** Says of which part of the input the issues are. */
function parsed<T>(part: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!isBursarError(error, 'invalid_input')) throw error
    const issues = error.issues.map(({ path, message }) => ({ path: path === '' ? part : `${part}.${path}`, message }))
    throw new BursarError('invalid_input', { issues })
  }
}

async function unlessThere(find: () => Promise<unknown>, make: () => Promise<unknown>): Promise<void> {
  try {
    await find()
  } catch (error) {
    if (!isBursarError(error, 'not_found')) throw error
    await make().catch((reason: unknown) => {
      // Another process made it meanwhile.
      if (!isBursarError(reason, 'unique_taken')) throw reason
    })
  }
}
