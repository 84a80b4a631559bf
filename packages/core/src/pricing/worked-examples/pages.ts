import amounts from './amounts.json' with { type: 'json' }
import bundles from './bundles.json' with { type: 'json' }
import codes from './codes.json' with { type: 'json' }
import conditions from './conditions.json' with { type: 'json' }
import limits from './limits.json' with { type: 'json' }
import many from './many.json' with { type: 'json' }
import moments from './moments.json' with { type: 'json' }
import offers from './offers.json' with { type: 'json' }
import owned from './owned.json' with { type: 'json' }
import percent from './percent.json' with { type: 'json' }
import places from './places.json' with { type: 'json' }
import prices from './prices.json' with { type: 'json' }
import stacking from './stacking.json' with { type: 'json' }
import taxes from './taxes.json' with { type: 'json' }
import upgrades from './upgrades.json' with { type: 'json' }
import type { WorkedExamples } from './worked-example.ts'

const pages: unknown = [
  prices,
  percent,
  amounts,
  many,
  conditions,
  codes,
  stacking,
  taxes,
  bundles,
  places,
  moments,
  offers,
  limits,
  owned,
  upgrades,
]

/** All pages. What a JSON file infers is wider than what an example may say; the engine's answer is compared with it. */
export const workedExamples = pages as readonly WorkedExamples[]
