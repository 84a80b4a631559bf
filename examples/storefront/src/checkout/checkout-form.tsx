import type { ConsentKind, SiteView } from '@bursar/core/client'
import { useCart, useCheckout, useMoney } from '@bursar/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { CardField, type CardFieldHandle } from './card-field.tsx'
import { consentInputs } from './consent-texts.ts'
import { Consents } from './consents.tsx'
import { ErrorSummary, type FormProblem } from './error-summary.tsx'
import { PaymentMethods } from './payment-methods.tsx'
import { RefusedLines } from './refused-lines.tsx'

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
  /** What the button said when it was pressed before the cart was settled; nothing is paid but that. */
  const [promised, setPromised] = useState<string>()
  useEffect(() => {
    if (promised === undefined || !checkout.canStart || quote === null) return
    setPromised(undefined)
    if (format(quote.total, quote.currency) === promised) void pay.current()
    else setProblems([{ field: 'pay', text: 'The total has changed meanwhile. Please look at it, and pay again.' }])
  }, [promised, checkout.canStart, quote, format])
  const pay = useRef(async () => {})
  if (quote === null || ELSEWHERE.includes(checkout.status)) return null

  const methods = site.paymentMethods.filter(({ currencies }) => currencies.includes(quote.currency))
  const method = methods.find((own) => own.account === account) ?? methods[0]
  const isFree = quote.total === 0
  const isRefused = quote.lines.some(({ refusal }) => refusal != null)
  const isPaying = isAsking || checkout.status === 'starting' || checkout.status === 'confirming'
  const isBusy = isPaying || promised !== undefined

  pay.current = async () => {
    if (isPaying || isRefused || !('start' in checkout)) return
    const missing = site.requiredConsents.filter((kind) => !given.includes(kind))
    setProblems(missing.map((kind) => ({ field: `consent-${kind}`, text: 'Please agree to the terms first.' })))
    if (missing.length > 0) return
    // The cart is on its way, such as after a sign-in: it is paid once it is there.
    const price = format(quote.total, quote.currency)
    if (!checkout.canStart) return setPromised(price)
    setIsAsking(true)
    const asked = isFree || method?.processor !== 'test' ? undefined : card.current?.tokenize()
    const token = await asked?.catch(() => false as const)
    setIsAsking(false)
    if (token === false)
      return setProblems([{ field: 'card', text: 'The card form does not answer. Reload the page.' }])
    if (token === null) return setProblems([{ field: 'card', text: 'Please complete the card details.' }])
    const outcome = await checkout.start({
      consents: consentInputs(site.requiredConsents, given),
      ...(isFree || method === undefined ? {} : { paymentAccount: method.account }),
      ...(token === undefined ? {} : { paymentToken: token }),
    })
    if (!outcome.ok && outcome.error.code === 'version_conflict') setPromised(price) // it moved while the card was asked
  }

  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    void pay.current()
  }

  if (isRefused && !isPaying) return <RefusedLines quote={quote} />
  return (
    <form className="checkout" onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      {!isFree && method !== undefined && (
        <>
          <PaymentMethods methods={methods} chosen={method.account} choose={setAccount} />
          {method.processor === 'test' && <CardField ref={card} submit={submit} />}
        </>
      )}
      <Consents kinds={site.requiredConsents} given={given} change={setGiven} problems={problems} />
      <button
        id="pay"
        type="submit"
        className="button button-main button-wide"
        aria-disabled={isBusy || !checkout.canStart}
      >
        {isBusy ? 'One moment …' : isFree ? 'Enrol for free' : `Pay ${format(quote.total, quote.currency)}`}
      </button>
    </form>
  )
}
