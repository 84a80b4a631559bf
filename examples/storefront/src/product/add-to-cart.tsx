import type { VariantView } from '@bursar/core/client'
import { useCart } from '@bursar/react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { Notice } from '../page/notice.tsx'

/** Puts a variant in the cart. The variant's id is the line's, so that a second click adds no second line. */
export function AddToCart({ variant }: { variant: VariantView }) {
  const isInCart = useCart(({ status, lines }) => status !== 'ordered' && lines.some(({ id }) => id === variant.id))
  const addLine = useCart((cart) => cart.addLine)
  const [refusal, setRefusal] = useState<string | null>(null)
  const link = useRef<HTMLAnchorElement>(null)
  const wasClicked = useRef(false)
  useEffect(() => {
    // The button gave way to the link: so does the focus, which would be lost with it.
    if (isInCart && wasClicked.current) link.current?.focus()
    wasClicked.current = false
  }, [isInCart])
  const add = async () => {
    setRefusal(null)
    wasClicked.current = true
    const result = await addLine({ variantId: variant.id, lineId: variant.id })
    if (!result.ok) setRefusal(result.error.message)
  }
  return (
    <div className="add">
      {isInCart ? (
        <Link ref={link} href="/cart" className="button button-main button-wide">
          Go to the cart
        </Link>
      ) : (
        <button type="button" className="button button-main button-wide" onClick={add}>
          Add to cart
        </button>
      )}
      <p role="status" className="added">
        {isInCart && 'It is in your cart.'}
      </p>
      {refusal !== null && <Notice kind="danger" role="alert" title={refusal} />}
    </div>
  )
}
