import { part, type SchemaOf, union } from '../json/checked.schema.ts'
import { tag, text } from '../json/field.schema.ts'
import type { NextStep } from './payment-processor.ts'

type Step<K extends NextStep['type']> = Extract<NextStep, { type: K }>

/** What the shopper has to do next. */
export const nextStep: SchemaOf<NextStep> = union<NextStep>()({
  redirect: part<Step<'redirect'>>()({ type: tag('redirect'), url: text(1, 2000) }),
  client_secret: part<Step<'client_secret'>>()({ type: tag('client_secret'), clientSecret: text(1, 2000) }),
  instructions: part<Step<'instructions'>>()({
    type: tag('instructions'),
    text: text(0, 5000),
    reference: text(0, 200),
  }),
})
