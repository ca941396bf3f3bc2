/**
 * Reads messages/<locale>/<area>.json for paraglide. One file per area keeps each module's words together.
 * A text is either a string with {parameters}, or an object with the two English plural forms,
 * { "count": "<parameter>", "one": "…", "other": "…" }; Chinese has one form and uses strings.
 * The project must build without the network, so the plugin is here and not fetched.
 */
const key = 'plugin.lunzheng.messages'

function pattern(text) {
  return text
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\{\w+\}$/.test(part)
        ? { type: 'expression', arg: { type: 'variable-reference', name: part.slice(1, -1) } }
        : { type: 'text', value: part }
    )
}

function parameters(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
}

function plural(name) {
  return {
    type: 'local-variable',
    name: `${name}Plural`,
    value: {
      type: 'expression',
      arg: { type: 'variable-reference', name },
      annotation: { type: 'function-reference', name: 'plural', options: [] },
    },
  }
}

function forms(text) {
  if (typeof text === 'string') return [{ pattern: text, matches: [] }]
  const selector = `${text.count}Plural`
  return [
    { pattern: text.one, matches: [{ type: 'literal-match', key: selector, value: 'one' }] },
    { pattern: text.other, matches: [{ type: 'catchall-match', key: selector }] },
  ]
}

export default {
  key,
  toBeImportedFiles: ({ settings }) =>
    settings.locales.flatMap((locale) =>
      settings[key].areas.map((area) => ({ locale, path: `./messages/${locale}/${area}.json` }))
    ),
  importFiles: ({ files }) => {
    const bundles = new Map()
    const messages = []
    const variants = []
    for (const file of files) {
      const texts = JSON.parse(new TextDecoder().decode(file.content))
      for (const [id, text] of Object.entries(texts)) {
        const found = forms(text)
        const names = new Set(found.flatMap((form) => parameters(form.pattern)))
        const counted = typeof text === 'object'
        if (counted) names.add(text.count)
        const bundle = bundles.get(id) ?? { id, declarations: [] }
        bundles.set(id, bundle)
        for (const name of names) {
          const known = bundle.declarations.some((one) => one.name === name)
          if (!known) bundle.declarations.push({ type: 'input-variable', name })
        }
        if (counted && !bundle.declarations.some((one) => one.name === `${text.count}Plural`)) {
          bundle.declarations.push(plural(text.count))
        }
        const selectors = counted ? [{ type: 'variable-reference', name: `${text.count}Plural` }] : []
        messages.push({ bundleId: id, locale: file.locale, selectors })
        for (const form of found) {
          variants.push({
            messageBundleId: id,
            messageLocale: file.locale,
            matches: form.matches,
            pattern: pattern(form.pattern),
          })
        }
      }
    }
    return { bundles: [...bundles.values()], messages, variants }
  },
}
