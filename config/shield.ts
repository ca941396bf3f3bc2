import { defineConfig } from '@adonisjs/shield'

/** The page's Content-Security-Policy comes from the web build's own <meta> hashes; this one is for the rest. */
export default defineConfig({
  csp: { enabled: false, directives: {}, reportOnly: false },
  csrf: {
    enabled: true,
    // The witness, LiveKit and the timestamp clients carry no cookie; sign-in pages get a token first.
    exceptRoutes: (ctx) => ctx.request.url().startsWith('/hooks/') || ctx.request.url().startsWith('/pki/'),
    enableXsrfCookie: true,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  xFrame: { enabled: true, action: 'DENY' },
  hsts: { enabled: true, maxAge: '180 days' },
  contentTypeSniffing: { enabled: true },
})
