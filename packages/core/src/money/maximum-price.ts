/** The most that one unit costs, minor units: 200 lines of 1,000 units are within the safe integers. */
export const MAXIMUM_PRICE = 40_000_000_000
