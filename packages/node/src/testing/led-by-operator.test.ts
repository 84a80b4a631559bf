import { expect, test } from 'vitest'
import { OF_ALL_OPERATORS, unledBeyond, unledTables } from './led-by-operator.ts'

test.each([
  'select _id from "s"."carts" where _op = $1 and _site = $2 and _id = $3',
  'select (select used from "s"."_counters" where op = $1 and counter = $2 for share)',
  'with met as (update "s"."carts" set _v = $4 where _op = $1 and _id = $2 returning 1) select 1 / count(*) from met',
  'update "s"."_counters" as c set used = met.n from met where c.op = $1 and c.counter = $3',
  `insert into "s"."_jobs" as j (id, op, site) values ($1, $2, 'waiting') on conflict do nothing`,
  'insert into "s"."_tokens_titles" as known select $1, $2, token from unnest($3::text[]) as found (token)',
  'select s.id from "s"."other" s left join lateral (select 1 from "s"."carts" where _op = s.op) d on true where s.op = $1',
  'create index "carts_place" on "s"."carts" (_site)',
])('rows are found by their operator: %s', (text) => {
  expect(unledTables(text, 's')).toEqual([])
})

test.each([
  ['select _id from "s"."carts" where _site = $2', ['carts']],
  ['select 1 from "s"."carts" where _op = $1 union all select 1 from "s"."orders" where _site = $2', ['orders']],
  ['select 1 from "s"."carts" c join "s"."orders" o on o.id = c.id where c._op = $1', ['orders']],
  ['select 1 from "s"."carts" c join "s"."orders" o on o.id = c.id where _op = $1', ['carts', 'orders']],
  ['select 1 from "s"."carts" where _op = $1 and exists (select 1 from "s"."orders" where _id = $2)', ['orders']],
  ['with gone as (delete from "s"."holds" where _id = $2) select 1 from "s"."carts" where _op = $1', ['holds']],
  [`select 1 from "s"."carts" where _id = ' where _op = $1'`, ['carts']],
  ['select 1 from "s"."carts" where _op <> $1', ['carts']],
  ['insert into "s"."carts" (_id, _op) values ($1, null)', ['carts']],
  ['insert into "s"."carts" (_id, _site) values ($1, $2)', ['carts']],
  ['update "s"."_jobs" set state = $2 where id = $1', ['_jobs']],
])('rows of all operators are told: %s', (text, tables) => {
  expect(new Set(unledTables(text, 's').map(({ table }) => table))).toEqual(new Set(tables))
})

test('an exception is of its tables and its form alone', () => {
  const texts = [
    'delete from "s"."_jobs" where id = $1 and token = $2 and state = $3 returning 1',
    'delete from "s"."_jobs" where site = $1',
    'delete from "s"."carts" where id = $1 and token = $2',
  ]
  expect(unledBeyond(OF_ALL_OPERATORS, texts, 's').map(({ text }) => text)).toEqual(texts.slice(1))
})
