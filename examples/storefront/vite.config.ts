import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` finds the API: the sample shop, started beside it. */
const SHOP = process.env.SHOP ?? 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', target: 'es2022' },
  server: { proxy: { '/v1': SHOP, '/demo': SHOP, '/downloads': SHOP } },
})
