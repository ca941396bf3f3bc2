/** What is wrong although the process answers: a code and its parameters. */
export interface HealthProblem {
  readonly code: string
  /** To be seen to, but nobody has to be sent elsewhere: `/health` stays 200. */
  readonly minor?: boolean
  readonly [parameter: string]: unknown
}

type Source = () => Promise<readonly HealthProblem[]>

const sources: Source[] = []

/** Modules say here what whoever watches over the installation has to know at once. */
export function addHealthSource(source: Source): void {
  sources.push(source)
}

export async function healthProblems(): Promise<HealthProblem[]> {
  return (await Promise.all(sources.map((source) => source()))).flat()
}
