import * as z from 'zod'
import { id } from '../ids/id.schema.ts'
import { input, type SchemaOf } from '../json/checked.schema.ts'
import { items, text, whole } from '../json/field.schema.ts'
import type { RecordInput, Versioned } from './admin-api.ts'
import type { PageInput, PageOf } from './common.ts'

/** Version of a record, from 1. */
export const version: SchemaOf<number> = whole(1, Number.MAX_SAFE_INTEGER)

/** Members that ask for a page of a list. */
export const pageFields = { cursor: text(1, 1000).optional(), limit: whole(1, 100).optional() }

/** Which page of a list. */
export const pageInput: SchemaOf<PageInput> = input<PageInput>()(pageFields)

/** Names a record. */
export const recordInput: SchemaOf<RecordInput> = input<RecordInput>()({ id })

/** Nothing to say. */
export const noInput: SchemaOf<Record<never, never>> = input<Record<never, never>>()({})

/** One page of a list. The compiler cannot compare a shape with an interface that is not known yet, hence the cast. */
export const pageOf = <T>(name: string, item: SchemaOf<T>): SchemaOf<PageOf<T>> =>
  z.looseObject({ items: items(item), nextCursor: text(1, 1000).nullable() }).meta({
    id: `${name}Page`,
  }) as unknown as SchemaOf<PageOf<T>>

/** A record with its version; see {@link pageOf} for the cast. */
export const versioned = <T>(name: string, record: SchemaOf<T>): SchemaOf<Versioned<T>> =>
  z.looseObject({ record, version }).meta({ id: `Versioned${name}` }) as unknown as SchemaOf<Versioned<T>>

/** Schemas of the four operations on simple records. */
export interface RecordSchemas<T, Create, Update> {
  /** A page of them. */
  list: { input: SchemaOf<PageInput>; output: SchemaOf<PageOf<Versioned<T>>> }
  /** One. */
  get: { input: SchemaOf<RecordInput>; output: SchemaOf<Versioned<T>> }
  /** Makes one. */
  create: { input: SchemaOf<Create>; output: SchemaOf<Versioned<T>> }
  /** Changes one. */
  update: { input: SchemaOf<Update>; output: SchemaOf<Versioned<T>> }
}

/** Schemas of the four operations on one kind of simple record. */
export const recordSchemas = <T, Create, Update>(kind: {
  /** Name of the record's schema. */
  name: string
  /** The record as staff see it. */
  record: SchemaOf<T>
  /** What makes one. */
  create: SchemaOf<Create>
  /** What changes one. */
  update: SchemaOf<Update>
}): RecordSchemas<T, Create, Update> => {
  const output = versioned(kind.name, kind.record)
  return {
    list: { input: pageInput, output: pageOf(kind.name, output) },
    get: { input: recordInput, output },
    create: { input: kind.create, output },
    update: { input: kind.update, output },
  }
}
