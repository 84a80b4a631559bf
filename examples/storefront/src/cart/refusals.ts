import type { CodeRefusal, LineRefusal } from '@bursar/core/client'

/** Why a line cannot be bought, for the shopper. */
export const REFUSALS: Readonly<Record<LineRefusal, string>> = {
  no_price: 'This has no price in the chosen currency.',
  not_published: 'This is not sold here any more.',
  archived: 'This is not sold any more.',
  not_yet_on_sale: 'This is not on sale yet.',
  no_longer_on_sale: 'The deadline for this has passed.',
  sold_out: 'This is sold out.',
  quantity_above_limit: 'That many cannot be bought at once.',
  part_not_available: 'A part of this is not available.',
  parts_not_chosen: 'Choose its parts first.',
  already_owned: 'You have this already.',
  already_in_cart: 'This is in your cart already.',
  being_bought: 'Another order of yours has this: pay it, or wait until it ends.',
  prerequisite_missing: 'You need another course first.',
}

/** Why a code gives nothing, for the shopper. */
export const CODE_REFUSALS: Readonly<Record<CodeRefusal, string>> = {
  not_valid: 'is not valid',
  not_yet_valid: 'is not valid yet',
  expired: 'has expired',
  used_up: 'was used up',
  used_by_you: 'was used by you already',
  not_for_these_items: 'is not for what is in your cart',
  below_minimum: 'needs a larger cart',
  not_for_you: 'is not for your account',
  not_here: 'is not for your country or currency',
  not_now: 'does not count today',
  not_with_others: 'cannot be used with your other codes',
}
