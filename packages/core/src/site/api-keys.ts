import { auditedWrite, writeChanges, writeRefs, writtenBefore } from '../audit/index.ts'
import { BursarError, issueUnless, refuseInput } from '../errors/index.ts'
import { randomToken, sha256Hex } from '../ids/index.ts'
import type { Call, Runtime, Scope, ServicePrincipal, ServiceScope, Storage } from '../ports/index.ts'
import {
  byId,
  byKey,
  decide,
  insert,
  listPage,
  type PageAnswer,
  type PageAsked,
  put,
  readAll,
} from '../storage/index.ts'
import { API_KEY_MARK, type ApiKey } from './api-key.ts'
import { apiKeys } from './site.collection.ts'

/** What the use cases of API keys need. */
export interface ApiKeyPorts {
  /** Where keys are kept. */
  storage: Storage
  /** Time and chance. */
  runtime: Runtime
}

/** An API key without what proves it. */
export type ShownApiKey = Omit<ApiKey, 'secretHash'>

/** Makes a key for a service. Its secret is in this answer and nowhere else. */
export async function createApiKey(
  ports: ApiKeyPorts,
  call: Call,
  input: { name: string; scopes: readonly ServiceScope[] },
): Promise<ShownApiKey & { secret: string }> {
  refuseInput(issueUnless(input.scopes.length > 0, 'scopes', 'must name at least one'))
  const secret = API_KEY_MARK + randomToken(ports.runtime)
  const key: ApiKey = {
    id: ports.runtime.newId('key'),
    name: input.name,
    secretHash: sha256Hex(secret),
    scopes: input.scopes,
    createdAt: call.now,
    revokedAt: null,
  }
  const write = auditedWrite(ports.runtime, call)
  return decide(ports, call.scope, async () => {
    const state = await readAll(ports.storage, call.scope, ...writeRefs(write))
    const answer = { ...shown(key), secret }
    if (writtenBefore(call, state).isStored) return { answer }
    const what = { collection: apiKeys.name, record: key.id, fields: ['name', 'scopes'] }
    return { changes: [insert(apiKeys, key.id, key), ...writeChanges(call, write, what)], done: () => answer }
  })
}

/** The operator's keys, newest first. */
export async function listApiKeys(
  ports: Pick<ApiKeyPorts, 'storage'>,
  call: Call,
  input: PageAsked,
): Promise<PageAnswer<ShownApiKey>> {
  const query = { index: 'createdAt', order: 'desc', page: input } as const
  const { items, nextCursor } = await listPage(ports.storage, call.scope, apiKeys, query)
  return { items: items.map(({ body }) => shown(body)), nextCursor }
}

/** Ends a key, for ever. One that has ended is answered as it is. @throws BursarError `not_found` */
export function revokeApiKey(ports: ApiKeyPorts, call: Call, input: { id: string }): Promise<ShownApiKey> {
  const write = auditedWrite(ports.runtime, call)
  return decide(ports, call.scope, async () => {
    const [stored] = await readAll(ports.storage, call.scope, byId(apiKeys, input.id))
    if (stored === null) throw new BursarError('not_found')
    if (stored.body.revokedAt !== null) return { answer: shown(stored.body) }
    const key: ApiKey = { ...stored.body, revokedAt: call.now }
    const what = { collection: apiKeys.name, record: key.id, fields: ['revokedAt'] }
    return { changes: [put(apiKeys, stored, key), ...writeChanges(call, write, what)], done: () => shown(key) }
  })
}

/** Who shows this secret to an operator's site, or null: an unknown secret and a revoked key are alike. */
export async function findApiKey(
  ports: Pick<ApiKeyPorts, 'storage'>,
  scope: Scope,
  secret: string,
): Promise<Pick<ServicePrincipal, 'serviceId' | 'scopes'> | null> {
  if (!secret.startsWith(API_KEY_MARK)) return null
  const [stored] = await readAll(ports.storage, scope, byKey(apiKeys, 'hash', sha256Hex(secret)))
  if (stored === null || stored.body.revokedAt !== null) return null
  return { serviceId: stored.body.id, scopes: stored.body.scopes }
}

function shown({ id, name, scopes, createdAt, revokedAt }: ApiKey): ShownApiKey {
  return { id, name, scopes, createdAt, revokedAt }
}
