import { issueUnless, refuseInput } from '../errors/index.ts'
import type { Runtime, Storage } from '../ports/index.ts'
import { byId, decide, insert, readAll } from '../storage/index.ts'
import { type Operator, SYSTEM_SCOPE } from './operator.ts'
import { operators } from './site.collection.ts'

/**
 * Makes an operator, for whoever sets up an installation. One with this id that is there already is answered as it is,
 * so that a set-up can be repeated.
 */
export async function createOperator(
  ports: { storage: Storage; runtime: Runtime },
  input: { id?: string | undefined; name: string },
): Promise<Operator> {
  const id = input.id ?? ports.runtime.newId('opr')
  const isUsable = /^[A-Za-z0-9_-]{1,64}$/.test(id) && id !== SYSTEM_SCOPE.operator
  refuseInput(issueUnless(isUsable, 'id', 'must be 1 to 64 letters, digits, _ and -, and not `system`'))
  const operator: Operator = { id, name: input.name, createdAt: ports.runtime.now() }
  return decide(ports, SYSTEM_SCOPE, async () => {
    const [existing] = await readAll(ports.storage, SYSTEM_SCOPE, byId(operators, id))
    if (existing !== null) return { answer: existing.body }
    return { changes: [insert(operators, id, operator)], done: () => operator }
  })
}
