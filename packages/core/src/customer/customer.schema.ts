import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf } from '../json/checked.schema.ts'
import { items, text } from '../json/field.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { Customer, LearnerLink } from './customer.ts'
import { email, hostId, learnerId, personName } from './personal-data.schema.ts'
import { taxExemptionOf } from './tax-exemption.schema.ts'

/** A learner's account, in a request or an answer. */
export const learnerLinkOf = (object: ObjectMaker): SchemaOf<LearnerLink> =>
  object<LearnerLink>()({ platform: text(1, 100), learnerId })

/** A person, as staff see them. */
export const customer: SchemaOf<Customer> = model<Customer>('Customer')({
  id,
  hostId: hostId.nullable(),
  email: email.nullable(),
  name: personName.nullable(),
  links: items(learnerLinkOf(part)),
  groups: items(text(1, 100)),
  taxExemption: taxExemptionOf(part).nullable().optional(),
  createdAt: instant,
  erasedAt: instant.nullable(),
})
