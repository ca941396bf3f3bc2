import { cpus, release, totalmem } from 'node:os'
import type { Figure } from '#bin/bench/support/figures'

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, ours, beside, ratio, ratioMeans }) =>
      `| ${what} | ${ours} | ${beside} | ${ratioText(ratio)} ${ratioMeans} |`
  )
  return ['| what | ours | beside, in the same run | ratio |', '|---|---|---|---|', ...rows].join('\n')
}

/** Two digits that count, more before the point. */
function ratioText(ratio: number): string {
  if (ratio >= 10) return ratio.toFixed(0)
  return ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(2)
}

/** docs/benchmarks.md: the figures of one whole run, with its day and machine. */
export function benchmarksPage(figures: readonly Figure[]): string {
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown processor'}), ${memory} GB, Linux ${release()}, Node ${process.version}`
  const day = new Date().toISOString().slice(0, 10)
  return `# Benchmarks

Made by \`npm run bench -- --write\`. The ratios are what counts: absolute times belong to one machine, on which
everything of a run shares the cores: app, PostgreSQL, witness, media server and the clients that measure.

${day}; ${machine}

${tableOf(figures)}
`
}
