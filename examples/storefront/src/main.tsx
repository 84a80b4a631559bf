import '@fontsource-variable/source-sans-3'
import '@fontsource-variable/source-serif-4'
import './styles/base.css'
import './styles/controls.css'
import './styles/layout.css'
import './styles/catalog.css'
import './styles/product.css'
import './styles/cart.css'
import './styles/checkout.css'
import './styles/order.css'
import './styles/forced-colors.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
