import type { ConsentKind, SiteView } from '@bursar/core/client'
import { useCart, useCheckout, useMoney } from '@bursar/react'
import { type FormEvent, useRef, useState } from 'react'
import { CardField, type CardFieldHandle } from './card-field.tsx'
import { consentInputs } from './consent-texts.ts'
import { Consents } from './consents.tsx'
import { ErrorSummary, type FormProblem } from './error-summary.tsx'
import { PaymentMethods } from './payment-methods.tsx'

/** States in which the form has no place: only what the outcome says is right then. */
const ELSEWHERE = ['requires_action', 'processing', 'unknown', 'price_changed', 'placed']

/** Consents, way to pay, and the button. Card data are typed into the processor's own frame. */
export function CheckoutForm({ site }: { site: SiteView }) {
  const checkout = useCheckout()
  const quote = useCart((cart) => cart.quote)
  const { format } = useMoney()
  const card = useRef<CardFieldHandle>(null)
  const [given, setGiven] = useState<readonly ConsentKind[]>([])
  const [account, setAccount] = useState<string>()
  const [problems, setProblems] = useState<readonly FormProblem[]>([])
  const [isAsking, setIsAsking] = useState(false)
  if (quote === null || ELSEWHERE.includes(checkout.status)) return null

  const methods = site.paymentMethods.filter(({ currencies }) => currencies.includes(quote.currency))
  const method = methods.find((own) => own.account === account) ?? methods[0]
  const isFree = quote.total === 0
  const isBusy = isAsking || checkout.status === 'starting' || checkout.status === 'confirming'

  const pay = async (event?: FormEvent) => {
    event?.preventDefault()
    if (isBusy || !('start' in checkout)) return
    const missing = site.requiredConsents.filter((kind) => !given.includes(kind))
    setProblems(missing.map((kind) => ({ field: `consent-${kind}`, text: 'Please agree to the terms first.' })))
    if (missing.length > 0) return
    setIsAsking(true)
    const token = isFree || method?.processor !== 'test' ? undefined : await card.current?.tokenize()
    setIsAsking(false)
    if (token === null) return setProblems([{ field: 'card', text: 'Please complete the card details.' }])
    await checkout.start({
      consents: consentInputs(site.requiredConsents, given),
      ...(isFree || method === undefined ? {} : { paymentAccount: method.account }),
      ...(token === undefined ? {} : { paymentToken: token }),
    })
  }

  return (
    <form className="checkout" onSubmit={pay} noValidate>
      <ErrorSummary problems={problems} />
      {!isFree && method !== undefined && (
        <>
          <PaymentMethods methods={methods} chosen={method.account} choose={setAccount} />
          {method.processor === 'test' && <CardField ref={card} submit={() => void pay()} />}
        </>
      )}
      <Consents kinds={site.requiredConsents} given={given} change={setGiven} problems={problems} />
      <button type="submit" className="button button-main button-wide" aria-disabled={isBusy || !checkout.canStart}>
        {isBusy ? 'One moment …' : isFree ? 'Enrol for free' : `Pay ${format(quote.total, quote.currency)}`}
      </button>
    </form>
  )
}
