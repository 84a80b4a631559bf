import { createCommerceClient } from '@bursar/core/client'
import { BursarProvider } from '@bursar/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Route, Switch } from 'wouter'
import { CartPage } from './cart/cart-page.tsx'
import { CatalogPage } from './catalog/catalog-page.tsx'
import { CheckoutPage } from './checkout/checkout-page.tsx'
import { Footer } from './header/footer.tsx'
import { Header } from './header/header.tsx'
import { buyLink } from './host/buy-link.ts'
import { CurrencyProvider } from './host/currency.tsx'
import { SessionProvider } from './host/session.tsx'
import { OrderPage } from './order/order-page.tsx'
import { OrdersPage } from './order/orders-page.tsx'
import { NotFoundPage } from './page/not-found-page.tsx'
import { ProductPage } from './product/product-page.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

const client = createCommerceClient({ baseUrl: location.origin })
const queryClient = new QueryClient()

/** The shop: the providers around it, the frame, and a page for each address. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <BursarProvider
        client={client}
        cartId={buyLink.cartId}
        locale="en"
        timeZone="UTC"
        // Another tab signed in or out, or ordered: who is signed in, orders and prices are asked for anew.
        onTabEvent={() => queryClient.invalidateQueries()}
      >
        <SessionProvider>
          <CurrencyProvider>
            <a className="skip" href="#main">
              Skip to the content
            </a>
            <Header />
            <Switch>
              <Route path="/" component={CatalogPage} />
              <Route path="/products/:slug">{({ slug }) => <ProductPage key={slug} slug={slug} />}</Route>
              <Route path="/cart" component={CartPage} />
              <Route path="/checkout" component={CheckoutPage} />
              <Route path="/sign-in" component={SignInPage} />
              <Route path="/orders" component={OrdersPage} />
              <Route path="/orders/:id">{({ id }) => <OrderPage key={id} orderId={id} />}</Route>
              <Route>
                <NotFoundPage />
              </Route>
            </Switch>
            <Footer />
          </CurrencyProvider>
        </SessionProvider>
      </BursarProvider>
    </QueryClientProvider>
  )
}
