import * as z from 'zod'
import { input, model, type SchemaOf, union } from './checked.schema.ts'
import { choice, list, text, whole } from './field.schema.ts'

interface Line {
  id: string
  kind: 'self' | 'gift'
  quantity?: number | undefined
  tags: readonly string[]
}

const kind = choice('self', 'gift')
const right = { id: text(1, 64), kind, quantity: whole(1, 1000).optional(), tags: list(text(1, 9), 9) }

export const good: SchemaOf<Line> = input<Line>()(right)
export const goodModel: SchemaOf<Line> = model<Line>('GoodLine')(right)

// @ts-expect-error a member is missing
input<Line>()({ id: right.id, kind, tags: right.tags })

// @ts-expect-error a member is extra
input<Line>()({ ...right, price: whole(0, 9) })

// @ts-expect-error a member is of another type
input<Line>()({ ...right, id: whole(0, 9) })

// @ts-expect-error a member is narrower than the interface
input<Line>()({ ...right, kind: choice('self') })

// @ts-expect-error a member is wider than the interface
input<Line>()({ ...right, kind: text(1, 9) })

// @ts-expect-error a member is required where the interface says that it may be absent
input<Line>()({ ...right, quantity: whole(1, 1000) })

// @ts-expect-error a member may be absent where the interface requires it
input<Line>()({ ...right, id: text(1, 64).optional() })

// @ts-expect-error a model is held to the same
model<Line>('BadLine')({ id: right.id, kind, tags: right.tags })

interface Order {
  line?: Line | undefined
}

// @ts-expect-error an object within is required where the interface says that it may be absent
input<Order>()({ line: good })

// @ts-expect-error a list within is required where the interface says that it may be absent
input<{ tags?: readonly string[] | undefined }>()({ tags: right.tags })

type Who = { type: 'buyer' } | { type: 'email'; email: string }
const buyer = input<{ type: 'buyer' }>()({ type: z.literal('buyer') })
const email = input<{ type: 'email'; email: string }>()({ type: z.literal('email'), email: text(1, 9) })

export const goodUnion: SchemaOf<Who> = union<Who>()({ buyer, email })

// @ts-expect-error an arm is missing
union<Who>()({ buyer })

// @ts-expect-error an arm is extra
union<Who>()({ buyer, email, learner: buyer })

// @ts-expect-error an arm stands under another type's name
union<Who>()({ buyer: email, email })
