import { describe, expect, test } from 'vitest'
import type { Caller, Principal, ServiceScope, StaffRole } from '../ports/index.ts'
import { operations } from './operations.ts'
import { rawRoutes } from './raw-routes.ts'
import { mayCall } from './rights.ts'

const ROLES = ['admin', 'catalog', 'marketing', 'support', 'finance', 'reader'] as const
const SCOPES = ['shop', 'read', 'admin'] as const

const staff = (...roles: StaffRole[]): Principal => ({ type: 'staff', site: 'main', staffId: 'sam', roles })
const service = (scopes: readonly ServiceScope[], actingFor?: string): Principal => ({
  type: 'service',
  site: 'main',
  serviceId: 'key_1',
  scopes,
  actingFor,
})
const shopper: Principal = { type: 'shopper', site: 'main' }
const customer: Principal = { type: 'customer', site: 'main', customerId: '7' }
const system: Principal = { type: 'system', site: 'main' }

const kinds: Record<string, Principal> = {
  shopper,
  'shopper with a cart': { ...shopper, cartToken: 'secret' },
  customer,
  'staff without a role': staff(),
  ...Object.fromEntries(ROLES.map((role) => [`staff:${role}`, staff({ role })])),
  ...Object.fromEntries(ROLES.map((role) => [`staff:${role} here`, staff({ role, site: 'main' })])),
  ...Object.fromEntries(ROLES.map((role) => [`staff:${role} elsewhere`, staff({ role, site: 'other' })])),
  'service without a scope': service([]),
  ...Object.fromEntries(SCOPES.map((scope) => [`service:${scope}`, service([scope])])),
  ...Object.fromEntries(SCOPES.map((scope) => [`service:${scope} for a customer`, service([scope], '7')])),
  system,
}

/** Who may call an operation, in the words of {@link kinds}. */
const callersOf = (name: string): string[] => {
  const route = operations.find((operation) => operation.name === name)?.route
  if (route === undefined) throw new Error(`There is no ${name}.`)
  return Object.entries(kinds).flatMap(([kind, principal]) => (mayCall(route, principal) === 'yes' ? [kind] : []))
}

const STOREFRONT = [
  'shopper',
  'shopper with a cart',
  'customer',
  'service:shop',
  'service:admin',
  'service:shop for a customer',
  'service:admin for a customer',
  'system',
]
const ONESELF = ['customer', 'service:shop for a customer', 'service:admin for a customer', 'system']
const readers = (...roles: readonly string[]): string[] => [
  ...roles.map((role) => `staff:${role}`),
  ...roles.map((role) => `staff:${role} here`),
  'service:read',
  'service:admin',
  'service:read for a customer',
  'service:admin for a customer',
  'system',
]
const writers = (...roles: readonly string[]): string[] => readers(...roles).filter((kind) => !kind.includes(':read'))

/** The same without those whose role ends at one site. */
const wide = (callers: readonly string[]): string[] => callers.filter((kind) => !kind.endsWith(' here'))

/** The rights of the whole API, written down once more by hand: a change of a route must be meant. */
const RIGHTS: readonly (readonly [pattern: RegExp, callers: string[]])[] = [
  [/^(site|products|quotes|orders)\.(?!claim)/, STOREFRONT],
  [/^carts\.(?!merge)/, STOREFRONT],
  [/^(me\.|carts\.merge|orders\.claim)/, ONESELF],
  [/^admin\.(products|collections|priceLists)\.(create|update|archive|import)$/, writers('admin', 'catalog')],
  [
    /^admin\.(promotions|codes|codeBatches)\.(create|update|preview|previewCarts|mint|codes|assign|toRemind|markReminded)$|^admin\.codes\.(list|get)$/,
    writers('admin', 'marketing'),
  ],
  [/^admin\.taxRates\.(create|update)$/, wide(writers('admin', 'finance'))],
  [/^admin\.sites\.update$/, writers('admin')],
  [/^admin\.(sites\.create|(sellers|paymentAccounts)\.(create|update))$/, wide(writers('admin'))],
  [/^admin\.(orders\.(cancel|claim)|grants\.(retry|complete)|customers\.put)$/, writers('admin', 'support')],
  [/^admin\.jobs\.(retry|dismiss)$/, wide(writers('admin', 'support'))],
  [/^admin\.(jobs\.(list|depth)|reports\.doctor)$/, wide(readers('admin', 'support', 'finance'))],
  [/^admin\.customers\.find$/, wide(readers('admin', 'support', 'finance'))],
  [/^admin\.customers\.export$/, wide(writers('admin', 'support'))],
  [/^admin\.payments\.capture$/, writers('admin', 'finance')],
  [/^admin\.(customers\.erase|apiKeys\..*)$/, wide(writers('admin'))],
  [
    /^admin\.(payments\.get|orders\.refundOptions|customers\.get|auditEvents\.list)$/,
    readers('admin', 'support', 'finance'),
  ],
  [
    /^admin\.(products|collections|priceLists|promotions|codeBatches|taxRates|sites|sellers|paymentAccounts|orders|carts|grants)\.(list|get|explain|priceChanges)$/,
    readers(...ROLES),
  ],
]

describe('every operation × principal', () => {
  test.each(operations.map(({ name }) => name))('%s', (name) => {
    const rules = RIGHTS.filter(([pattern]) => pattern.test(name))
    expect(rules).toHaveLength(1)
    expect(callersOf(name).sort()).toEqual([...(rules[0]?.[1] ?? [])].sort())
  })

  test('who is refused is told why: a shopper to sign in, anyone else that they may not', () => {
    const answers = operations.flatMap(({ route }) =>
      Object.values(kinds).map((principal) => `${principal.type} ${mayCall(route, principal)}`),
    )
    expect([...new Set(answers)].sort()).toEqual([
      'customer forbidden',
      'customer yes',
      'service forbidden',
      'service yes',
      'shopper unauthenticated',
      'shopper yes',
      'staff forbidden',
      'staff yes',
      'system yes',
    ])
  })
})

describe('mayCall', () => {
  test('the default right is nobody’s', () => {
    const answers = Object.values(kinds).map((principal) => mayCall({ who: [] }, principal))
    expect(answers).not.toContain('yes')
  })

  test('every word of a route opens it to somebody', () => {
    const words = [...new Set(operations.flatMap(({ route }) => route.who as readonly Caller[]))]
    for (const word of words) {
      const open = Object.values(kinds).filter((principal) => mayCall({ who: [word] }, principal) === 'yes')
      expect(open.length, word).toBeGreaterThan(0)
    }
  })

  test('rights of several roles add up, each at its own site', () => {
    const both = staff({ role: 'reader' }, { role: 'finance', site: 'other' }, { role: 'support', site: 'main' })
    expect(mayCall({ who: ['staff:support'] }, both)).toBe('yes')
    expect(mayCall({ who: ['staff:finance'] }, both)).toBe('forbidden')
  })

  test('what is no operation names its callers too', () => {
    expect(Object.values(rawRoutes).every(({ who }) => who.length > 0)).toBe(true)
  })
})
