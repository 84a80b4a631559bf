import type { InputIssue } from '../errors/index.ts'
import type { Call, Collection, Runtime, Scope, Stored } from '../ports/index.ts'
import type { RecordRef } from './records.ts'

/** A record that another one names, and that must be there. */
export interface NamedRecord {
  /** The member that names it, such as `priceLists.0`. */
  readonly path: string
  /** Where it is. */
  readonly ref: RecordRef<Stored<unknown>>
  /** Whose it is. @default the call's operator */
  readonly scope?: Scope | undefined
  /** Why what was found may not be named, or null. @default all may */
  readonly refuse?: ((body: unknown) => string | null) | undefined
}

/**
 * How one kind of simple record is made, checked and listed: a value in the noun's folder, read by the use cases that
 * all kinds share. All its functions are pure but for the ids that `id` makes.
 */
export interface RecordKind<T extends { id: string }, New> {
  /** Where it is kept. */
  readonly collection: Collection<T>
  /** In whose scope; absent: the call's operator. */
  readonly scope?: Scope | undefined
  /** Does a change of it change what prices are made of? */
  readonly changesPrices: boolean
  /** Do quotes read it afresh, so that no process has to forget anything when it changes? @default false */
  readonly isReadAfresh?: boolean
  /** The id of a new one for which the caller chose none. */
  id(input: New, runtime: Pick<Runtime, 'newId'>): string
  /** A new one, with what the input left out. */
  complete(input: New, id: string, call: Call): T
  /** The form in which it is stored, after each change. @default as it is */
  normalise?(record: T): T
  /** What it names. */
  names(record: T, call: Call): readonly NamedRecord[]
  /** What is wrong with it; `before` is null for a new one. */
  check(record: T, before: T | null): readonly InputIssue[]
  /** The member that a broken unique key is about, by the key's name. */
  readonly uniqueMembers: { readonly [key: string]: string }
  /** The index that lists all of the call's operator. */
  listed(call: Call): { index: string; equals?: readonly string[] | undefined }
  /** May the call's operator see it? @default all that is in scope */
  isOf?(record: T, call: Call): boolean
}

/** Makes a record: what has a default may be left out, the id too. */
export type NewRecord<T, Optional extends keyof T = never> = Omit<T, 'id' | Optional> & {
  [K in Optional]?: T[K] | undefined
} & { id?: string | undefined }

/** Changes a record; what is absent stays. */
export type RecordUpdate<T> = { [K in Exclude<keyof T, 'id'>]?: T[K] | undefined } & { id: string }

/** A record with its version. */
export interface VersionedRecord<T> {
  /** The record. */
  record: T
  /** 1 for a new one; grows with each change. */
  version: number
}

/** The members that are there: what a caller left out says nothing. */
export function present<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Entries with undefined are gone, which is what the type says of the others.
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
