/** The product types of this shop: what one is called, and many. */
export const PRODUCT_TYPES: Readonly<Record<string, { one: string; many: string }>> = {
  course: { one: 'Course', many: 'Courses' },
  program: { one: 'Program', many: 'Programs' },
  book: { one: 'Book', many: 'Books' },
  service: { one: 'Service', many: 'Services' },
}
