import { cpus } from 'node:os'
import { benchAddLine } from './carts.ts'
import { benchHttp } from './http.ts'
import { benchPromotions } from './promotions.ts'
import { benchQuotes } from './quote.ts'
import { benchShop, courseRows, SITE } from './shop.ts'
import type { Throughput } from './throughput.ts'

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`)

console.table((await benchQuotes()).table())

console.table((await benchPromotions()).map(row))

const shop = await benchShop(1000)
const began = performance.now()
const spent = process.cpuUsage()
await shop.commerce.as({ type: 'system', site: SITE }).admin.products.import({ rows: courseRows(10_000, 1000) })
const { user, system } = process.cpuUsage(spent)
const seconds = (performance.now() - began) / 1000
const rate = `${seconds.toFixed(1)} s, ${Math.round(10_000 / seconds)} a second`
console.log(`import of 10,000 courses: ${rate}, processor ${((user + system) / 1e6).toFixed(1)} s\n`)

const figures = [await benchAddLine(shop), ...(await benchHttp(shop))]
console.table(figures.map(row))
await shop.close()
process.exit(0)

function row({ name, perSecond, p50, p99, cpu }: Throughput) {
  const times = { 'p50 ms': p50.toFixed(2), 'p99 ms': p99.toFixed(2), 'processor µs': cpu.toFixed(0) }
  return { name, 'per second': Math.round(perSecond), ...times }
}
