// The types by which two releases of the client are compared. They are read by client-type-breaks.ts, which compiles them
// against the declarations of both.

/** What an operation takes. */
type InputOf<Operation> = Operation extends (...parameters: infer P) => unknown ? P[0] : never
/** What it answers. */
type OutputOf<Operation> = Operation extends (...parameters: never[]) => infer R ? Awaited<R> : never

/** The sentences that say what a client of the old release `O` misses in the new one `N`; `never` if it misses nothing. */
export type Broken<O, N> = {
  [K in keyof O & string]: K extends keyof N
    ? {
        [P in keyof O[K] & string]: P extends keyof N[K]
          ? Operation<`${K}.${P}`, O[K][P], N[K][P]>
          : `${K}.${P} is gone`
      }[keyof O[K] & string]
    : `${K} is gone`
}[keyof O & string]

// Two methods are compared bivariantly, so an input that became required would pass: input and output are compared apart.
type Operation<Name extends string, O, N> = [InputOf<O>] extends [InputOf<N>]
  ? [Fits<OutputOf<N>, OutputOf<O>>] extends [true]
    ? never
    : `${Name} answers otherwise`
  : `${Name} wants more`

/** Whether each arm of an answer `N` suffices where `O` was promised; a new value or a new arm does, for clients have a default. */
type Fits<N, O> = N extends unknown ? ([N] extends [O] ? true : FitsInside<N, O>) : never

type FitsInside<N, O> = N extends string
  ? Has<Extract<O, string>>
  : N extends readonly (infer NewItem)[]
    ? Extract<O, readonly unknown[]> extends readonly (infer OldItem)[]
      ? Fits<NewItem, OldItem>
      : false
    : N extends { type: infer Type extends string }
      ? [Extract<O, { type: Type }>] extends [never]
        ? Has<Extract<O, { type: string }>>
        : FieldsFit<N, Extract<O, { type: Type }>>
      : N extends object
        ? FieldsFit<N, Extract<O, object>>
        : false

type Has<T> = [T] extends [never] ? false : true

type FieldsFit<N, O> = [O] extends [never]
  ? false
  : { [K in keyof O]-?: K extends keyof N ? Fits<N[K], O[K]> : undefined extends O[K] ? true : false }[keyof O]
