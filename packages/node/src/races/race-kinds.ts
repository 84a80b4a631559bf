import { type Commerce, memoryStorage, type Storage } from '@bursar/core'
import { testSchema } from '../testing/test-schema.ts'
import { raceCommerce, raceFiles } from './race-commerce.ts'
import { openStorage, type RacePlace } from './race-place.ts'
import { type RaceServer, serverHere } from './race-server.ts'
import { startRaceProcess } from './start-race-process.ts'

/** The servers of a shop, and how its data are removed when they are closed. */
export interface RaceServers {
  readonly servers: readonly [RaceServer, ...RaceServer[]]
  /** Looks at the data beside the servers. */
  look<T>(ask: (storage: Storage) => Promise<T>): Promise<T>
  /** Removes what is not in the folder. */
  remove(): Promise<void>
}

/** How a shop is served: on which storage, and by how many servers. Two of memory are in one process, for no other sees it. */
export const RACE_KINDS: Record<string, (folder: string) => Promise<RaceServers>> = {
  'memory, one server': (folder) => inMemory(folder, 1),
  'memory, two servers': (folder) => inMemory(folder, 2),
  'SQLite, one server': (folder) => onPlace({ type: 'sqlite' }, folder, 1),
  'SQLite, two processes': (folder) => onPlace({ type: 'sqlite' }, folder, 2),
  'PostgreSQL, one server': (folder) => onPostgres(folder, 1),
  'PostgreSQL, two processes': (folder) => onPostgres(folder, 2),
}

async function inMemory(folder: string, count: 1 | 2): Promise<RaceServers> {
  const storage = memoryStorage()
  const server = () => serverHere(raceCommerce(storage, folder))
  const first = raceCommerce(storage, folder)
  await installRaceShop(first.commerce)
  return {
    servers: [serverHere(first), ...(count === 2 ? [server()] : [])],
    look: (ask) => ask(storage),
    remove: async () => {},
  }
}

async function onPostgres(folder: string, processes: 1 | 2): Promise<RaceServers> {
  const { url, schema, end } = testSchema()
  const made = await onPlace({ type: 'postgres', url, schema }, folder, processes)
  return { ...made, remove: end }
}

async function onPlace(place: RacePlace, folder: string, processes: 1 | 2): Promise<RaceServers> {
  const open = () => openStorage(place, raceFiles(folder).shop)
  const first = raceCommerce(open(), folder)
  await installRaceShop(first.commerce)
  const common = { look: beside(open, folder), remove: async () => {} }
  if (processes === 1) return { servers: [serverHere(first)], ...common }
  await first.close()
  const [one, other] = await Promise.all([startRaceProcess(place, folder), startRaceProcess(place, folder)])
  return { servers: [one, other], ...common }
}

/** Opens the data anew for each look. */
function beside(open: () => Storage, folder: string): RaceServers['look'] {
  return async (ask) => {
    const storage = open()
    const opened = raceCommerce(storage, folder)
    try {
      await opened.commerce.migrate()
      return await ask(storage)
    } finally {
      await opened.close()
    }
  }
}

/** Makes the collections, the operator and its first site. */
export async function installRaceShop(commerce: Commerce): Promise<void> {
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
}
