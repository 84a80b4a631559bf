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
  ['select _id from "s"."carts" where _op = $1 or _site = $2', ['carts']],
  ['select 1 from "s"."carts" c, "s"."orders" o where c._op = $1 and o._id = $2', ['carts', 'orders']],
  ['delete from "s"."carts" c using "s"."orders" o where c._op = $1 and o._id = c._id', ['carts', 'orders']],
  ['select 1 from only "s"."carts" where _site = $1', ['carts']],
  ['select 1 from "s"."carts" c left join "s"."orders" o on c._op = $1 and o._op = $1', ['carts']],
  ['select case when true and _op = $1 then 1 end from "s"."carts"', ['carts']],
  ['select 1 from "s"."carts" where _site = $1 order by _v > 1 and _op = $2', ['carts']],
  ['select 1 from "s"."carts" c where c._op = c._op', ['carts']],
  ['select 1 from "s"."carts" join given on op = $1', ['carts']],
  ['select 1 from "s"."carts", given where op = $1', ['carts']],
  ['select 1 from "s"."carts" c right join given g on c._op = $1', ['carts']],
  ['select 1 from "s"."carts" where _site = $1 -- and _op = $2', ['carts']],
  ['insert into "s"."carts" (_op, _id) values ($1, $2), (null, $3)', ['carts']],
  ['SELECT 1 FROM "s"."carts" WHERE _site = $1', ['carts']],
  ['(select 1 from "s"."carts" where _site = $1) union select 2', ['carts']],
  ['truncate "s"."carts"', ['carts']],
  ['merge into "s"."carts" using given on _op = $1 when matched then delete', ['carts']],
])('rows of all operators are told: %s', (text, tables) => {
  expect(new Set(unledTables(text, 's').map(({ table }) => table))).toEqual(new Set(tables))
})

test('an exception is of its tables and its form alone', () => {
  const texts = [
    'delete from "s"."_jobs" where id = $1 and token = $2 and state = $3 returning 1',
    'delete from "s"."_jobs" where site = $1',
    'delete from "s"."carts" where id = $1 and token = $2',
    `update "s"."_jobs" set state = $3 where id = $1 and token = $2 or op = 'x'`,
    'select 1 from "s"."_jobs" where ($1::text is null or op = $1) or site = $2',
    'select 1 from "s"."_jobs" where site = $2 or ($1::text is null or op = $1)',
    'update "s"."_jobs" set state = $3 where id = $1 and token = $2 OR site = $4',
    'with recursive lanes as (select _id from "s"."carts") select 1 from lanes',
  ]
  expect(unledBeyond(OF_ALL_OPERATORS, texts, 's').map(({ text }) => text)).toEqual(texts.slice(1))
})
