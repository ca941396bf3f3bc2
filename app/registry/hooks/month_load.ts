/** How many reviews of a month (YYYY-MM) each of these experts has; by expert id, zeros left out. */
export type MonthLoad = (expertIds: readonly string[], month: string) => Promise<ReadonlyMap<string, number>>

let ask: MonthLoad = async () => new Map()

/** Places on panels are the draw's to count; the library shows them beside the cap. */
export function provideMonthLoad(load: MonthLoad): void {
  ask = load
}

export const monthLoad: MonthLoad = (expertIds, month) => ask(expertIds, month)
