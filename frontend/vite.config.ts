import { paraglideVitePlugin } from '@inlang/paraglide-js'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import path from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const api = `http://127.0.0.1:${process.env.PORT ?? 3333}`

export default defineConfig({
  root: here,
  // The pure code that server, browser and command line share.
  resolve: { alias: { '@shared': path.resolve(here, '../lib') } },
  plugins: [
    tailwindcss(),
    paraglideVitePlugin({
      project: path.join(here, 'project.inlang'),
      outdir: path.join(here, 'src/paraglide'),
      // The person's own choice wins; the first visit follows the browser, then Chinese.
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
      localStorageKey: 'lz-locale',
      isServer: 'import.meta.env.SSR',
      emitReadme: false,
    }),
    sveltekit({
      adapter: adapter({
        pages: path.join(here, 'build'),
        assets: path.join(here, 'build'),
        fallback: '200.html',
        precompress: true,
      }),
      // The page has one inline script, SvelteKit's start; its hash stands in the policy.
      csp: { mode: 'hash', directives: { 'script-src': ['self'] } },
    }),
  ],
  build: { target: 'es2022' },
  server: {
    fs: { allow: [path.resolve(here, '..')] },
    proxy: {
      '/api': { target: api },
      '/socket.io': { target: api, ws: true },
    },
  },
})
