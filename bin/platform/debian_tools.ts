import { execFileSync, spawnSync } from 'node:child_process'

/** What the tests compare our work with, and the browser that people's pages are tried in. */
const TOOLS: Record<string, string> = {
  chromium: 'chromium',
  pdfsig: 'poppler-utils',
  qpdf: 'qpdf',
  mutool: 'mupdf-tools',
  ffprobe: 'ffmpeg',
  openssl: 'openssl',
  python3: 'python3',
  'fc-list': 'fontconfig',
}

function onPath(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}

function missingPackages(): string[] {
  const missing = Object.entries(TOOLS)
    .filter(([command]) => !onPath(command))
    .map(([, name]) => name)
  const fonts =
    onPath('fc-list') &&
    execFileSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).includes('Noto Sans CJK')
  return fonts ? missing : [...missing, 'fonts-noto-cjk']
}

/** Installs what is missing by apt, once more if another apt was in the way. @throws naming what is missing. */
export function ensureDebianTools(say: (line: string) => void): void {
  const missing = missingPackages()
  if (missing.length === 0) return
  const by = `apt-get install ${missing.join(' ')}`
  if (process.getuid?.() !== 0 || !onPath('apt-get'))
    throw new Error(`The tests need ${missing.join(', ')}. As root: ${by}`)
  say(`Installing for the tests: ${missing.join(', ')}`)
  const install = () =>
    spawnSync(
      'sh',
      ['-c', `apt-get update -qq && DEBIAN_FRONTEND=noninteractive ${by} -y -qq --no-install-recommends`],
      {
        encoding: 'utf8',
      }
    )
  let outcome = install()
  if (outcome.status !== 0) {
    spawnSync('sleep', ['20'])
    outcome = install()
  }
  const still = missingPackages()
  if (still.length > 0)
    throw new Error(`apt could not install ${still.join(', ')}:\n${outcome.stdout}${outcome.stderr}`)
}
