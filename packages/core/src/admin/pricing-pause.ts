/** Between two commits that change prices, milliseconds: time for a checkout that must see none of it changed. */
export const PRICING_PAUSE = 50
