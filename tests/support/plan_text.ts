/** Sentences as plans are made of, the same for the same words: another work says other things. */
const SUBJECTS = [
  '围护桩',
  '冠梁',
  '第一道支撑',
  '第二道支撑',
  '立柱桩',
  '止水帷幕',
  '降水井',
  '腰梁',
  '坑底加固',
  '换撑板带',
]
const ACTIONS = [
  '施工前应复核',
  '浇筑后养护',
  '拆除时同步监测',
  '安装允许偏差',
  '验收时抽检',
  '交底时说明',
  '破除前记录',
  '调整时报批',
]
const OBJECTS = [
  '桩位和垂直度',
  '混凝土强度',
  '轴力和位移',
  '焊缝质量',
  '钢筋间距',
  '地下水位',
  '周边道路沉降',
  '管线变形',
]
const UNITS = ['mm', 'MPa', 'kN', 'd', '%', 'm']

function numbersFrom(seed: string): () => number {
  let state = 0x811c9dc5
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193)
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** One sentence of some thirty characters. */
export function sentences(about: string, count: number): string[] {
  const next = numbersFrom(about)
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)]!
  return Array.from({ length: count }, () => {
    const figure = (next() * 900 + 10).toFixed(1)
    return `${pick(SUBJECTS)}${pick(ACTIONS)}${pick(OBJECTS)}，${pick(SUBJECTS)}控制值取${figure} ${pick(UNITS)}，${pick(ACTIONS)}${pick(OBJECTS)}。`
  })
}
