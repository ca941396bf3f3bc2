/** One line per step, so that whoever waits knows for what. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

export async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  const value = await work()
  say(`  ${step} ${((performance.now() - from) / 1000).toFixed(1)} s`)
  return value
}
