import { isStorable } from '../json/index.ts'
import type { Principal } from '../ports/index.ts'

/** What an id must be by which the host knows somebody: who had none would share one account with all who have none. */
export const HOST_ID = 'must be a text of 1 to 200 characters, not blank, that can be stored'

/** Is it such an id? */
export function isHostId(id: unknown): boolean {
  return typeof id === 'string' && id.length <= 200 && id.trim() !== '' && isStorable(id)
}

/** Types do not hold what a host looks up at run time. @throws TypeError for a principal that names nobody, a mistake of the host */
export function checkPrincipal(principal: Principal): void {
  for (const [name, id] of idsOf(principal)) {
    if (!isHostId(id))
      throw new TypeError(
        `The ${name} of a ${principal.type} principal ${HOST_ID}: see what the authenticator answers.`,
      )
  }
}

function idsOf(principal: Principal): readonly (readonly [name: string, id: unknown])[] {
  switch (principal.type) {
    case 'customer':
      return [['customerId', principal.customerId]]
    case 'staff':
      return [['staffId', principal.staffId]]
    case 'service':
      return [
        ['serviceId', principal.serviceId],
        ...(principal.actingFor === undefined ? [] : [['actingFor', principal.actingFor] as const]),
      ]
    case 'shopper':
    case 'system':
      return []
    default:
      return principal satisfies never
  }
}
