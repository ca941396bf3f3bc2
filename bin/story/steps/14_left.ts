import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runAce } from '#bin/platform/run_ace'
import { runStep } from '#bin/platform/run_step'
import type { Step, Story } from '#bin/story/story'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CERTIFICATES = {
  root: 'Root of this installation: person certificates, seal and timestamps lead to it.',
  issuing: 'Intermediate: issues the certificates of persons.',
  seal: "Certificate of the platform's seal, which certifies the report.",
  tsa: 'Certificate of the time-stamping authority.',
}

/** Certificates and keys that a verifier pins, as the installation publishes them. */
async function leaveTrust(story: Story): Promise<void> {
  const folder = join(story.out, 'trust')
  mkdirSync(folder, { recursive: true })
  const lines = ['# What to trust in this folder', '']
  for (const [name, meaning] of Object.entries(CERTIFICATES)) {
    const answer = await fetch(`${story.url}/pki/${name}.pem`)
    if (!answer.ok) throw new Error(`/pki/${name}.pem: ${answer.status}`)
    writeFileSync(join(folder, `${name}.pem`), await answer.text())
    lines.push(`- \`${name}.pem\`: ${meaning}`)
  }
  const keys = (await (await fetch(`${story.url}/api/public/draw-keys`)).json()) as Record<string, string[]>
  for (const [party, list] of [
    ['server', keys.serverVrfKeys],
    ['witness', keys.witnessVrfKeys],
  ] as const) {
    writeFileSync(join(folder, `draw-${party}.json`), `${JSON.stringify({ party, vrfKey: list![0] })}\n`)
    lines.push(`- \`draw-${party}.json\`: key of the draw's ${party}.`)
  }
  lines.push(
    '- `server.vkey`: key of the ledger.',
    '- `witness.vkey`: key by which the witness cosigns the ledger.'
  )
  lines.push('', 'The certificates are of a demonstration authority and worth nothing outside this run.', '')
  writeFileSync(join(folder, 'README.md'), lines.join('\n'))
}

/** The recording as the installation keeps it: playable files, their list with hashes, the events. */
function leaveRecording(story: Story): number {
  const source = join(story.installation.instance.options.varDir, 'recordings', story.ids.reviewId)
  const target = join(story.out, 'recording')
  cpSync(source, target, { recursive: true })
  if (existsSync(join(target, 'playback', 'manifest.json')))
    cpSync(join(target, 'playback', 'manifest.json'), join(target, 'manifest.json'))
  return readdirSync(join(target, 'playback')).filter((name) => /\.(webm|mp4)$/.test(name)).length
}

/** The log as anyone can fetch it, and the keys to pin, taken from the installation and not from the folder. */
async function leaveLedger(story: Story): Promise<void> {
  const { environment, options } = story.installation.instance
  await runAce(ROOT, ['ledger:export', join(story.out, 'ledger')], environment, 'quiet')
  for (const name of ['server.vkey', 'witness.vkey'])
    cpSync(join(options.varDir, 'trust', name), join(story.out, 'trust', name))
}

/** The bundle as the authority downloads it from the report's page. */
async function leaveBundle(story: Story): Promise<void> {
  const page = await story.page('authority')
  await page.goto(`/reports/${story.ids.reportId}`)
  const button = page.getByRole('button', { name: '下载证据包' })
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  await download.saveAs(join(story.out, 'evidence.zip'))
  await story.shot('authority', 'evidence-bundle')
}

async function verify(story: Story, file: string): Promise<string> {
  const args = [
    '--import=./bin/typescript.mjs',
    'bin/verify.ts',
    join(story.out, file),
    '--trust',
    join(story.out, 'trust'),
  ]
  const { ok, output } = await runStep(process.execPath, args, { cwd: ROOT })
  if (!ok) throw new Error(`verify ${file}:\n${output}`)
  return output.trim().split('\n').at(-1)!
}

export const LEFT: Step[] = [
  {
    step: '14-left',
    who: 'visitor',
    what: '留下证书、报告、抽取证据、存证日志和录像，离线核验都为真',
    run: async (story) => {
      await leaveTrust(story)
      await leaveBundle(story)
      await leaveLedger(story)
      story.ids.recordedFiles = leaveRecording(story)
      story.rule('REP-2', await verify(story, 'report.pdf'))
      story.rule('DRAW-9', await verify(story, 'draw/evidence.json'))
      story.rule('DRAW-9', await verify(story, 'ledger'))
      story.rule('DRAW-9', await verify(story, 'evidence.zip'))
    },
  },
]
