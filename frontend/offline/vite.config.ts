import { createHash } from 'node:crypto'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname

/** The offline verifier: one file that works from a disk, without a server and without a network. */
export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [oneFile('offline-verifier.html')],
  build: {
    target: 'es2022',
    outDir: path.join(here, '../build'),
    emptyOutDir: false,
    modulePreload: false,
    cssCodeSplit: false,
    // The tokens hold a block that only the web app's build understands; browsers skip it.
    cssMinify: false,
    assetsInlineLimit: 1_000_000,
  },
})

/**
 * Puts script and style into the page, and a policy that allows these two by their digests and nothing else:
 * what is dropped on the page can't be sent anywhere, whatever is in it.
 */
function oneFile(name: string): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const outputs = Object.values(bundle)
        const page = outputs.find((one) => one.type === 'asset' && one.fileName.endsWith('.html'))
        const chunks = outputs.filter((one) => one.type === 'chunk')
        const styles = outputs.filter((one) => one.type === 'asset' && one.fileName.endsWith('.css'))
        if (page?.type !== 'asset' || chunks.length !== 1 || outputs.length !== 2 + styles.length)
          throw new Error(`The offline verifier is not one file: ${outputs.map((one) => one.fileName)}`)
        // An end tag inside the script would end it.
        const script = chunks[0]!.code.replaceAll('</script', '<\\/script')
        const style = styles.map((one) => (one.type === 'asset' ? String(one.source) : '')).join('\n')
        const policy = [
          "default-src 'none'",
          `script-src '${digest(script)}'`,
          `style-src '${digest(style)}'`,
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; ')
        const html = String(page.source)
          .replace(/\s*<script type="module"[^>]*><\/script>/, '')
          .replace(/\s*<link rel="stylesheet"[^>]*>/g, '')
          .replace('<meta charset="utf-8" />', (meta) => {
            return `${meta}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`
          })
          .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
          .replace('</body>', () => `  <script type="module">${script}</script>\n  </body>`)
        for (const { fileName } of outputs) delete bundle[fileName]
        this.emitFile({ type: 'asset', fileName: name, source: html })
      },
    },
  }
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
