import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBursarError, type Storage } from '@bursar/core'
import { describe, expect, test } from 'vitest'
import { localPlatformRecords } from '../local-platform/index.ts'
import { sqliteStorage } from '../sqlite/index.ts'
import { testSchema } from '../testing/test-schema.ts'
import { fillRaceShop, type RaceVariants } from './fill-race-shop.ts'
import { type RaceCommerce, raceCommerce, raceFiles } from './race-commerce.ts'
import { installRaceShop } from './race-kinds.ts'

const BUYERS = 30
/** Buyers at once: the disk fills at another moment of each one's purchase. */
const WAVE = 6

/** A disk that can be made to fill while the shop sells. */
interface Disk {
  /** The shop's storage; `room` is about how much may still be written, or null for no end. */
  open(room: 'little' | null): Promise<Storage>
  remove(): Promise<void>
}

const DISKS: Record<string, (folder: string) => Disk> = {
  SQLite: (folder) => ({
    open: async (room) => {
      const file = raceFiles(folder).shop
      const maxFileBytes = room === null ? undefined : statSync(file).size + 60 * 4096
      return sqliteStorage({ file, ...(maxFileBytes === undefined ? {} : { maxFileBytes }) })
    },
    remove: async () => {},
  }),
  // A server has no switch for it: what it says when a file cannot grow is said by a trigger, from the three-hundredth row on.
  PostgreSQL: () => {
    const schema = testSchema()
    const { schema: name, query, open, end } = schema
    return {
      open: async (room) => {
        const tables = await query(`select tablename from pg_tables where schemaname = '${name}'`)
        const each = (text: (table: string) => string) =>
          tables.map(({ tablename }) => text(`${name}."${String(tablename)}"`)).join(';')
        await query(`drop sequence if exists ${name}.written;
          ${each((table) => `drop trigger if exists disk_full on ${table}`)}`)
        if (room === 'little') {
          await query(`create sequence ${name}.written;
            create or replace function ${name}.disk_full() returns trigger language plpgsql as $$ begin
              if nextval('${name}.written') > 300 then
                raise exception 'could not extend file: No space left on device' using errcode = '53100';
              end if;
              return new;
            end $$;
            ${each((table) => `create trigger disk_full before insert or update on ${table} for each row execute function ${name}.disk_full()`)}`)
        }
        return open()
      },
      remove: end,
    }
  },
}

describe.each(Object.entries(DISKS))('%s', (_name, diskIn) => {
  test('a disk that fills while thirty people buy: what was answered is kept, and the rest is done once there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-full-'))
    const disk = diskIn(folder)
    const empty = raceCommerce(await disk.open(null), folder)
    await installRaceShop(empty.commerce)
    const variants = await fillRaceShop(empty.commerce.as({ type: 'system', site: 'main' }).admin)
    await empty.close()

    const full = await opened(await disk.open('little'), folder)
    const carts = new Map<number, string>()
    const first = await crowd((n) => buy(full, { variants, n, carts }))
    expect(new Set(first.refused)).toEqual(new Set(['unavailable']))
    expect(first.numbers.size).toBeGreaterThan(0)
    await full.close()

    const roomy = await opened(await disk.open(null), folder)
    roomy.advance(10 * 60_000)
    await roomy.commerce.jobs.runDue()
    const second = await crowd((n) => buy(roomy, { variants, n, carts }))
    expect([second.refused, second.numbers.size]).toEqual([[], BUYERS])
    for (const [n, number] of first.numbers) expect(second.numbers.get(n)).toBe(number)
    roomy.advance(60 * 60_000)
    await roomy.commerce.jobs.runDue()
    const charged = roomy.processor.log().filter(({ effect }) => effect === 'captured')
    expect(charged).toHaveLength(BUYERS)
    const { findings } = await roomy.commerce.as({ type: 'system', site: 'main' }).admin.reports.doctor({})
    expect(findings.filter(({ severity }) => severity === 'broken')).toEqual([])
    expect(localPlatformRecords(raceFiles(folder).platform).enrolments).toHaveLength(0)
    await roomy.close()
    await disk.remove()
    rmSync(folder, { recursive: true })
  })
})

async function opened(storage: Storage, folder: string): Promise<RaceCommerce> {
  const shop = raceCommerce(storage, folder)
  await shop.commerce.migrate()
  return shop
}

/** One buyer: a cart, unless there is one already, and the checkout, with the same key each time. Answers the order's number. */
async function buy(
  { commerce }: RaceCommerce,
  { variants, n, carts }: { variants: RaceVariants; n: number; carts: Map<number, string> },
): Promise<string> {
  const client = commerce.as({ type: 'customer', site: 'main', customerId: `buyer-${n}` })
  const lines = [{ lineId: 'a', variantId: variants.workshops[n % 2] ?? '' }]
  const cartId = carts.get(n) ?? (await client.carts.create({ lines })).cart.id
  carts.set(n, cartId)
  const { order } = await client.carts.checkout(
    { cartId, expectedTotal: { amount: 1000, currency: 'EUR' }, paymentAccount: 'card', paymentToken: 'tok_approve' },
    { idempotencyKey: `the-key-of-buyer-${n}` },
  )
  return order.number
}

async function crowd(
  task: (n: number) => Promise<string>,
): Promise<{ numbers: Map<number, string>; refused: string[] }> {
  const numbers = new Map<number, string>()
  const refused: string[] = []
  for (let first = 0; first < BUYERS; first += WAVE) {
    const wave = await Promise.allSettled(Array.from({ length: WAVE }, (_, n) => task(first + n)))
    for (const [n, one] of wave.entries()) {
      if (one.status === 'fulfilled') numbers.set(first + n, one.value)
      else if (isBursarError(one.reason)) refused.push(one.reason.code)
      else throw one.reason
    }
  }
  return { numbers, refused }
}
