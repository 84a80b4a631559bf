import { id } from '../ids/id.schema.ts'
import { input, part, type SchemaOf, union } from '../json/checked.schema.ts'
import { tag, text } from '../json/field.schema.ts'
import { email, learnerId } from './personal-data.schema.ts'
import type { Recipient, RecipientInput } from './recipient.ts'

type InputArm<K extends RecipientInput['type']> = Extract<RecipientInput, { type: K }>
type Arm<K extends Recipient['type']> = Extract<Recipient, { type: K }>

/** Who gets a line's right, as a caller says it. */
export const recipientInput: SchemaOf<RecipientInput> = union<RecipientInput>()({
  buyer: input<InputArm<'buyer'>>()({ type: tag('buyer') }),
  learner: input<InputArm<'learner'>>()({ type: tag('learner'), platform: text(1, 100), learnerId }),
  email: input<InputArm<'email'>>()({ type: tag('email'), email }),
})

/** Who gets a line's right, as records keep it. */
export const recipient: SchemaOf<Recipient> = union<Recipient>()({
  buyer: part<Arm<'buyer'>>()({ type: tag('buyer') }),
  customer: part<Arm<'customer'>>()({ type: tag('customer'), customerId: id }),
  claim: part<Arm<'claim'>>()({ type: tag('claim'), customerId: id }),
})
