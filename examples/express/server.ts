// An app of your own with a shop in it: the app's routes at /, Bursar's at /shop.
import type { AddressInfo } from 'node:net'
import { createCommerce } from '@bursar/core'
import { createHandler, toNodeListener } from '@bursar/node'
import { sqliteStorage } from '@bursar/node/sqlite'
import express from 'express'

const commerce = createCommerce({ storage: sqliteStorage({ file: process.env.SHOP_FILE ?? 'shop.sqlite' }) })
await commerce.migrate()
await commerce.install({
  operator: { id: 'campus', name: 'Campus' },
  seller: { id: 'campus-seller', legalName: 'Campus Ltd', country: 'DE', currency: 'EUR' },
  site: { id: 'campus', name: 'Campus', country: 'DE', currencies: ['EUR'], hosts: ['localhost', '127.0.0.1'] },
})
commerce.jobs.start()

const app = express()
// Before any body parser: a webhook's signature is checked on the bytes as they came.
app.use('/shop', toNodeListener(createHandler(commerce)))
app.use(express.json())
app.get('/', (_request, response) => {
  response.send('The app. Its shop is at /shop/v1/site.')
})

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`The app listens at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.once('SIGTERM', () => server.close(() => commerce.close()))
