import type { QuoteHint } from '@bursar/core/client'
import { useCart, useMoney } from '@bursar/react'

/** What the cart comes near to: a promotion, and what is missing for it. */
export function Hints() {
  const quote = useCart((cart) => cart.quote)
  const { format } = useMoney()
  if (quote === null) return null
  const sentences = (quote.hints ?? []).flatMap((hint) => {
    const sentence = sentenceOf(hint, (amount) => format(amount, quote.currency))
    return sentence === null ? [] : [{ id: hint.promotion, name: hint.name, sentence }]
  })
  if (sentences.length === 0) return null
  return (
    <ul className="reasons" aria-label="You are near to">
      {sentences.map(({ id, name, sentence }) => (
        <li key={id}>
          {name}: {sentence}
        </li>
      ))}
    </ul>
  )
}

function sentenceOf({ refusal, missing, others }: QuoteHint, show: (amount: number) => string): string | null {
  if (missing?.quantity !== undefined) return `${missing.quantity} more and you have it`
  if (missing?.amount !== undefined) return `${show(missing.amount)} more and you have it`
  if (missing?.variants !== undefined) return 'put the gift in your cart, it is free'
  if (missing?.products !== undefined) return 'put the other part of the pair in your cart'
  if (refusal === 'not_now') return 'on other days or at other hours'
  if (refusal === 'not_with_others' && others?.length) return `not together with ${others.join(', ')}, which gives more`
  return null
}
