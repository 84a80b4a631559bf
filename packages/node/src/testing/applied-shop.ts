import {
  type AdminClient,
  type Commerce,
  type CommerceOptions,
  createCommerce,
  type Json,
  memoryStorage,
  type Storage,
} from '@bursar/core'
import { applyShop, formatPlan, formatProblems, prepareShop, readShopFile, rehearsalStorage } from '../apply/index.ts'

/** A shop without a catalog, to which files are applied as the command line does it. */
export interface AppliedShop {
  readonly commerce: Commerce
  readonly admin: AdminClient
  /** Applies a text; `between` runs when it was read and rehearsed. */
  apply(text: string, between?: () => Promise<void>): Promise<AppliedRun>
  /** Applies what a text would hold. */
  applyContent(content: Json): Promise<AppliedRun>
}

/** What an application came to. */
export interface AppliedRun {
  /** What is wrong, with lines; empty where nothing is. */
  readonly problems: string
  /** The plan as it is shown. */
  readonly plan: string
  /** Entries that were stored, such as `promotions.spring`. */
  readonly stored: readonly string[]
}

/** Sets an operator, a seller and a site `main` up that sells in euros and yen. */
export async function appliedShop(
  storage: Storage = memoryStorage(),
  options: Omit<CommerceOptions, 'storage'> = {},
): Promise<AppliedShop> {
  const commerce = createCommerce({ ...options, storage })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'seller', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', hosts: ['shop.test'], currencies: ['EUR', 'JPY'], country: 'DE' },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  const run = async (
    { content, lineOf }: Pick<ReturnType<typeof readShopFile>, 'content' | 'lineOf'>,
    between = async () => {},
  ): Promise<AppliedRun> => {
    const forgetful = createCommerce({ ...options, storage: rehearsalStorage(storage) })
    await forgetful.migrate()
    const rehearsal = forgetful.as({ type: 'system', site: 'main' }).admin
    const plan = await prepareShop({ admin, rehearsal, site: 'main' }, content)
    const told = { problems: formatProblems(plan.problems, { file: 'shop.yaml', lineOf }), plan: formatPlan(plan) }
    if (plan.problems.length > 0) return { ...told, stored: [] }
    await between()
    const stored: string[] = []
    const tell = ({ section, key }: { section: string; key: string }) => stored.push(`${section}.${key}`)
    const refused = await applyShop(admin, plan, tell, async () => {})
    return { ...told, problems: formatProblems(refused, { file: 'shop.yaml', lineOf }), stored }
  }
  return {
    commerce,
    admin,
    apply: (text, between) => {
      const read = readShopFile(text)
      if (read.mistakes.length > 0) throw new Error(read.mistakes.map(({ message }) => message).join('\n'))
      return run(read, between)
    },
    applyContent: (content) => run({ content, lineOf: () => 1 }),
  }
}
