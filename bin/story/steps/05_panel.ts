import type { Step } from '#bin/story/story'

export const PANEL: Step[] = []
