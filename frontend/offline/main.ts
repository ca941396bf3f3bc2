/** The offline verifier: reads what is dropped on it, and shows each step. Nothing leaves the page. */
import { trustOf, TrustError, type Trust, type TrustFile } from '../../lib/verify/trust.ts'
import type { Verified } from '../../lib/verify/outcome.ts'
import type { Language } from '../../lib/verify/texts.ts'
import { withInner } from '../../lib/verify/inner_inputs.ts'
import { verifyInput, type Input } from '../../lib/verify/verify_input.ts'
import { h } from './dom.ts'
import { resultView } from './result_view.ts'
import { say, type Word } from './words.ts'
import './style.css'

type Outcome = { verified: Verified } | { broke: string }

const state = {
  language: (navigator.language.startsWith('zh') ? 'zh' : 'en') as Language,
  files: [] as File[],
  trustFiles: [] as TrustFile[],
  trustProblem: null as string | null,
  outcomes: [] as Outcome[],
  busy: null as string | null,
}
/** A newer choice of files or keys makes the answers of an older run void. */
let run = 0

const page = document.getElementById('page')!
const files = picker('files', '', (chosen) => verifyAll(chosen))
const trusted = picker('keys', '.pem,.crt,.json,.vkey', (chosen) => void takeTrust(chosen))

function picker(id: string, accept: string, take: (files: File[]) => void): HTMLInputElement {
  const input = h('input', {
    id,
    type: 'file',
    multiple: true,
    accept,
    class: 'hidden',
    tabindex: '-1',
  }) as HTMLInputElement
  input.addEventListener('change', () => {
    take([...(input.files ?? [])])
    input.value = ''
  })
  return input
}

async function takeTrust(chosen: readonly File[]): Promise<void> {
  const read = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })))
  try {
    trustOf(read)
    state.trustFiles = read
    state.trustProblem = null
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    state.trustProblem = error.message
  }
  verifyAll(state.files)
}

function verifyAll(chosen: readonly File[]): void {
  state.files = [...chosen]
  state.outcomes = []
  run += 1
  void verifyEach(run, trustOf(state.trustFiles))
}

async function verifyEach(mine: number, trust: Trust): Promise<void> {
  for (const file of state.files) {
    state.busy = file.name
    draw()
    // The page says what it is doing before it is busy doing it.
    await new Promise((done) => setTimeout(done, 30))
    const bytes = new Uint8Array(await file.arrayBuffer())
    for (const input of withInner({ name: file.name, bytes })) {
      const outcome = await verifyOne(input, trust)
      if (mine !== run) return
      state.outcomes.push(outcome)
    }
  }
  state.busy = null
  draw()
}

async function verifyOne(input: Input, trust: Trust): Promise<Outcome> {
  try {
    return { verified: await verifyInput(input, trust) }
  } catch (error) {
    // Said on the page: a fault of the verifier must not pass for a verdict.
    return { broke: `${input.name}: ${String(error)}` }
  }
}

function draw(): void {
  const { language } = state
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  const t = (word: Word) => say(word, language)
  const other = h('button', { type: 'button', onclick: () => turn() }, t('language'))
  page.replaceChildren(
    h('header', { class: 'bar' }, h('b', { class: 'brand' }, t('brand')), h('span', {}, t('place')), other),
    h(
      'main',
      {},
      h('h1', {}, t('place')),
      h('p', { class: 'intro' }, t('intro')),
      h('button', { type: 'button', class: 'primary', onclick: () => files.click() }, t('choose')),
      files,
      h('section', { class: 'trust' }, ...trustSection(t)),
      h(
        'div',
        { 'aria-live': 'polite' },
        state.busy ? h('p', { class: 'busy' }, `${t('busy')} ${state.busy} …`) : null,
        ...state.outcomes.map((outcome) =>
          'verified' in outcome
            ? resultView(outcome.verified, language)
            : h('p', { class: 'problem' }, `${t('broke')}：${outcome.broke}`)
        )
      ),
      state.outcomes.length > 0 ? h('p', { class: 'meta foot' }, t('not_checked')) : null
    )
  )
}

function trustSection(t: (word: Word) => string): (HTMLElement | null)[] {
  const names = state.trustFiles.map(({ name }) => name).join(' · ') || t('trust_none')
  return [
    h('h2', {}, t('trust')),
    h('p', { class: 'meta' }, t('trust_hint')),
    h('button', { type: 'button', onclick: () => trusted.click() }, t('choose_trust')),
    trusted,
    h('p', { class: 'mono chosen' }, names),
    state.trustProblem ? h('p', { class: 'problem' }, `${t('trust_bad')}：${state.trustProblem}`) : null,
  ]
}

function turn(): void {
  state.language = state.language === 'zh' ? 'en' : 'zh'
  draw()
}

addEventListener('dragover', (event) => event.preventDefault())
addEventListener('drop', (event) => {
  event.preventDefault()
  verifyAll([...(event.dataTransfer?.files ?? [])])
})
draw()
