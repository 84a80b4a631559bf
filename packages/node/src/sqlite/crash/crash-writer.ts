// A process that writes until it is killed: crash-writer.ts FILE NAME WRITERS. Prints each commit once it is answered.
import { writeSync } from 'node:fs'
import { sqliteStorage } from '../sqlite-storage.ts'
import { crashChanges, crashCollections, crashScope, type WriterBody } from './crash-collections.ts'

const [file = '', name = '', writers = '1'] = process.argv.slice(2)
const storage = sqliteStorage({ file })
await storage.migrate(crashCollections)
await Promise.all(Array.from({ length: Number(writers) }, (_, index) => write(`${name}${index}`)))

async function write(writer: string): Promise<never> {
  const [found] = await storage.read(crashScope, [{ in: 'writers', id: writer }])
  const before = found && 'body' in found ? (found.body as unknown as WriterBody).commits : 0 // written below
  for (let commits = before + 1; ; commits += 1) {
    const answer = await storage.commit(crashScope, crashChanges(writer, commits))
    if (answer.outcome === 'conflict') throw new Error(`${writer} ${commits}: ${JSON.stringify(answer)}`)
    writeSync(1, `${writer} ${commits}\n`)
  }
}
