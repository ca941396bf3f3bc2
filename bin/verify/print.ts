import type { Verified } from '#lib/verify/outcome'
import { kindText, stepText, verdictText, type Language } from '#lib/verify/texts'

/** Every step that failed, or in a good case how many passed, and the verdict as the last line. */
export function printText(verified: Verified, language: Language): void {
  const failed = verified.steps.filter(({ ok }) => !ok)
  const lines = [`  ${kindText(verified.kind, language)}`]
  for (const step of failed) lines.push(`  ✘ ${stepText(step, language)}`)
  const passed = verified.steps.length - failed.length
  if (passed > 0) lines.push(`  ✔ ${passed} / ${verified.steps.length}`)
  lines.push(`  ${verdictText(verified.verdict, language)}`)
  process.stdout.write(`${lines.join('\n')}\n`)
}
