import type { ProcessorAccount } from '../ports/index.ts'

/** A payment account for tests, with its secrets by name. */
export function testAccount(
  id: string,
  secrets: { readonly [name: string]: string } = {},
  mode: 'test' | 'live' = 'test',
): ProcessorAccount {
  return {
    id,
    mode,
    async secret(name) {
      const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined
      if (secret === undefined) throw new Error(`The account ${id} has no secret named ${name}.`)
      return secret
    },
  }
}
