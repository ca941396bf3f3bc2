import type { Step, Verdict, Verified } from '../../lib/verify/outcome.ts'
import { kindText, stepText, verdictText, type Language } from '../../lib/verify/texts.ts'
import { drawing, h } from './dom.ts'
import { say } from './words.ts'

const KIND: Record<Verdict, 'valid' | 'bad' | 'open'> = {
  genuine: 'valid',
  not_genuine: 'bad',
  consistent_unknown_signer: 'open',
  unreadable: 'open',
}

const DRAWINGS = {
  valid: [
    ['line', 'M34 3a31 31 0 1 0 .01 0z'],
    ['fill', 'M34 8a26 26 0 1 0 .01 0z'],
    ['cut', 'm22 35 8.5 8.5L47 26'],
  ],
  bad: [
    ['line', 'M4 4h60v60H4z'],
    ['fill', 'M10 10h48v48H10z'],
    ['cut', 'm24 24 20 20m0-20-20 20'],
  ],
  open: [
    ['line', 'M34 6 64 60H4z'],
    ['sign', 'M34 26v16M34 49v3'],
  ],
} as const

/** One input: its verdict, what failed first, then every step with the bytes that it was done on. */
export function resultView(verified: Verified, language: Language): HTMLElement {
  const kind = KIND[verified.verdict]
  const failed = verified.steps.filter(({ ok }) => !ok)
  const passed = verified.steps.filter(({ ok }) => ok)
  const counts = `${say('passed', language)} ${passed.length} · ${say('failed', language)} ${failed.length}`
  return h(
    'article',
    { class: 'result' },
    h(
      'header',
      { class: 'head' },
      drawing(kind, DRAWINGS[kind]),
      h(
        'div',
        {},
        h('p', { class: 'meta' }, `${kindText(verified.kind, language)} · ${verified.input}`),
        h('h2', { class: `verdict ${kind}` }, verdictText(verified.verdict, language)),
        h('p', { class: 'meta' }, counts)
      )
    ),
    h('h3', { class: 'opened' }, say('steps', language)),
    h('ol', { class: 'steps' }, ...[...failed, ...passed].map((step) => stepView(step, language)))
  )
}

function stepView(step: Step, language: Language): HTMLElement {
  const what = step.what?.[language === 'zh' ? 0 : 1] ?? null
  const words = step.ok && what ? what : stepText(step, language)
  return h(
    'li',
    { class: step.ok ? 'holds' : 'fails' },
    h('span', { class: 'state' }, say(step.ok ? 'passed' : 'failed', language)),
    h(
      'div',
      {},
      h('p', {}, words),
      !step.ok && what ? h('p', { class: 'meta' }, what) : null,
      step.ok ? h('p', { class: 'meta mono' }, [step.code, step.detail].filter(Boolean).join(' ')) : null,
      step.on.length > 0 ? extents(step, language) : null
    )
  )
}

function extents(step: Step, language: Language): HTMLElement {
  const rows = step.on.map(({ part, bytes, sha256 }) => {
    const size = `${bytes.toLocaleString('en')} ${say('size', language)}`
    return h('li', {}, h('b', {}, part), ` ${size} `, h('span', {}, `SHA-256 ${grouped(sha256)}`))
  })
  return h('details', {}, h('summary', {}, say('show_bytes', language)), h('ul', { class: 'mono' }, ...rows))
}

/** In fours, as people compare them. */
function grouped(hash: string): string {
  return hash.replace(/(.{4})(?=.)/g, '$1 ')
}
